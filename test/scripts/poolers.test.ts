import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import { demoPages, demoReports } from "../support/demo-files.ts"
import { hasPgbouncer, type Pooler, poolModes, startPgbouncer } from "../support/pgbouncer.ts"
import { runScript } from "../support/scripts.ts"
import { createDatabase, dropDatabase, serverUrl } from "../support/server-databases.ts"
import { withSql } from "../support/sessions.ts"

/** Every command, in an order in which each has something to do. */
const commands: readonly (readonly [string, ...string[]])[] = [
  ["migrate", "--check"],
  ["migrate", "--write"],
  ["status"],
  ["fetch-wiki-data", "--target", "all", "--from", demoPages, "--check"],
  ["fetch-wiki-data", "--target", "all", "--from", demoPages, "--write"],
  ["rebuild-wiki-definitions", "--skip-fetch", "--check"],
  ["rebuild-wiki-definitions", "--skip-fetch", "--write"],
  ["players", "add", "alice"],
  ["players", "list"],
  ["patch-boundaries", "add", "2026-04-01", "--label", "v28"],
  ["import-battle-reports", "--player", "alice", demoReports, "--check"],
  ["import-battle-reports", "--player", "alice", demoReports, "--write"],
  ["sync-player-state", "--all", "--check"],
  ["sync-player-state", "--all", "--write"],
  ["reparse-battle-reports", "--check"],
  ["reparse-battle-reports", "--write"],
  ["purge-wiki-definitions", "--check"],
  ["purge-wiki-definitions", "--force"],
  ["deploy", "--write"],
  ["status"],
]

// Every command, one after the other, on a busy machine.
setDefaultTimeout(120_000)

describe.if(hasPgbouncer)("behind PgBouncer", () => {
  for (const mode of poolModes)
    describe(`in ${mode.pool_mode} mode, ${JSON.stringify(mode)}`, () => {
      let url = ""
      let pooler: Pooler
      beforeAll(async () => {
        url = await createDatabase()
        pooler = await startPgbouncer(serverUrl ?? "", { ...mode, default_pool_size: "2" })
      })
      afterAll(async () => {
        await pooler.stop()
        await dropDatabase(url)
      })
      const environment = () => ({
        DATABASE_URL: pooler.through(url),
        TOWERSTATS_WIKI_OFFLINE: "1",
      })

      test(`every command works in ${mode.pool_mode} mode`, async () => {
        for (const [command, ...flags] of commands) {
          const { exitCode, stderr } = await runScript(command, flags, environment())
          expect({ command, flags, exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({
            command,
            flags,
            exitCode: 0,
            stderr: "",
          })
        }
        // The same commands again, past the pooler, find nothing to do.
        const { stdout } = await runScript("reparse-battle-reports", ["--check", "--json"], {
          DATABASE_URL: url,
        })
        expect(JSON.parse(stdout).changes).toBe(0)
      })

      test(`a reparse in two processes works in ${mode.pool_mode} mode`, async () => {
        const wider = await startPgbouncer(serverUrl ?? "", { ...mode, default_pool_size: "3" })
        for (const intent of ["--check", "--write"]) {
          const outcome = await runScript("reparse-battle-reports", ["--jobs", "2", intent], {
            DATABASE_URL: wider.through(url),
          })
          expect(outcome).toMatchObject({ exitCode: 0, stderr: "" })
        }
        await wider.stop()
      })

      test(`nothing stays locked or open in ${mode.pool_mode} mode`, async () => {
        const left = await withSql(
          url,
          (sql) => sql`
            select pid, locktype, relation::regclass, mode from pg_locks
            where pid <> pg_backend_pid()
              and database = (select oid from pg_database where datname = current_database())`,
        )
        expect([...left]).toEqual([])
      })
    })

  const refusalBy = async (
    settings: Readonly<Record<string, string>>,
    parameters: string,
    flags: readonly [string, ...string[]] = ["migrate", "--write"],
  ) => {
    const pooler = await startPgbouncer(serverUrl ?? "", settings)
    const [command, ...rest] = flags
    const outcome = await runScript(command, rest, {
      DATABASE_URL: `${pooler.through(serverUrl ?? "")}${parameters}`,
    })
    await pooler.stop()
    expect(outcome).toMatchObject({ exitCode: 1, stdout: "" })
    return outcome.stderr
  }

  test("statement mode is refused by name", async () => {
    expect(await refusalBy({ pool_mode: "statement" }, "")).toContain(
      "its pooler allows no transactions (transaction blocks not allowed in statement pooling mode). Set its pool_mode to transaction or session",
    )
  })
  test("a startup parameter that the pooler does not take is refused by name", async () => {
    const said = await refusalBy({ pool_mode: "transaction" }, "?options=-c%20work_mem%3D64MB")
    expect(said).toContain("refused a setting: unsupported startup parameter: options.")
  })
  test("a pooler without a free connection is named as the reason", async () => {
    const full = await refusalBy(
      { pool_mode: "session", max_client_conn: "0" },
      "?connect_timeout=1",
    )
    expect(full).toContain("lets nobody in at present: no more connections allowed")
  })
  test("a pool whose connections are all taken is named as the reason", async () => {
    const pooler = await startPgbouncer(serverUrl ?? "", {
      pool_mode: "transaction",
      default_pool_size: "1",
      query_wait_timeout: "1",
    })
    const url = pooler.through(serverUrl ?? "")
    const { exitCode, stderr } = await withSql(url, (sql) =>
      sql.begin(() => runScript("status", [], { DATABASE_URL: `${url}?connect_timeout=3` })),
    )
    await pooler.stop()
    expect(exitCode).toBe(1)
    expect(stderr).toContain("lets nobody in at present: query_wait_timeout")
  })

  test("what needs a session of its own goes past the pooler by TOWERSTATS_DIRECT_URL", async () => {
    const url = await createDatabase()
    const other = await createDatabase()
    const pooler = await startPgbouncer(serverUrl ?? "", {
      pool_mode: "transaction",
      default_pool_size: "1",
    })
    const environment = { DATABASE_URL: pooler.through(url), TOWERSTATS_WIKI_OFFLINE: "1" }
    const deploy = (direct: string) =>
      runScript("deploy", ["--write", "--skip-wiki"], {
        ...environment,
        TOWERSTATS_DIRECT_URL: direct,
      })
    const elsewhere = await deploy(other)
    const { exitCode } = await deploy(url)
    await pooler.stop()
    await dropDatabase(other)
    await dropDatabase(url)
    expect(elsewhere).toMatchObject({ exitCode: 2, stdout: "" })
    expect(elsewhere.stderr).toContain("leads to another database than DATABASE_URL")
    expect(exitCode).toBe(0)
  })
})
