import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import * as Effect from "effect/Effect"
import { execute } from "../../lib/database/query.ts"
import { transaction } from "../../lib/database/transaction.ts"
import { runOn } from "../support/databases.ts"
import { demoPages, demoReports } from "../support/demo-files.ts"
import {
  hasServerPrograms,
  type ScratchServer,
  startServer,
  startStandby,
} from "../support/scratch-server.ts"
import { runScript, startCommand } from "../support/scripts.ts"
import { withSql } from "../support/sessions.ts"

// Servers are started, and commands run one after the other, on a busy machine.
setDefaultTimeout(120_000)

const mainJob: readonly (readonly [string, ...string[]])[] = [
  ["migrate", "--write"],
  ["rebuild-wiki-definitions", "--from", demoPages, "--write"],
  ["players", "add", "alice"],
  ["import-battle-reports", "--player", "alice", demoReports, "--write"],
  ["sync-player-state", "--all", "--write"],
  ["reparse-battle-reports", "--write"],
  ["deploy", "--write"],
  ["status"],
]

/** Runs a command that has to work; returns what it printed. */
const done = async (url: string, command: string, ...flags: readonly string[]) => {
  const environment = { DATABASE_URL: url, TOWERSTATS_WIKI_OFFLINE: "1" }
  const { exitCode, stdout, stderr } = await runScript(command, flags, environment)
  expect({ command, exitCode, stderr: exitCode === 0 ? "" : stderr }).toEqual({
    command,
    exitCode: 0,
    stderr: "",
  })
  return stdout
}

/** Runs a command that has to fail; returns what it said. */
const failed = async (url: string, command: string, ...flags: readonly string[]) => {
  const { exitCode, stdout, stderr } = await runScript(command, flags, { DATABASE_URL: url })
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" })
  return stderr
}

describe.if(hasServerPrograms)("a server with settings of its own", () => {
  let server: ScratchServer
  let standby: ScratchServer | undefined
  beforeAll(async () => {
    server = await startServer({ max_connections: "10", superuser_reserved_connections: "0" })
  })
  afterAll(async () => {
    await standby?.remove()
    await server.remove()
  })

  const createDatabase = async (name: string, ...statements: readonly string[]) => {
    await withSql(server.at(), (sql) => sql.unsafe(`create database ${name}`))
    for (const statement of statements) await withSql(server.at(), (sql) => sql.unsafe(statement))
    return server.at(name)
  }

  for (const [what, ...settings] of [
    [
      "every isolation, time, lock and idle limit",
      "default_transaction_isolation = serializable",
      "statement_timeout = 20",
      "lock_timeout = 20",
      "idle_in_transaction_session_timeout = 50",
      "idle_session_timeout = 200",
    ],
    [
      "other times, dates and numbers",
      "timezone = 'Asia/Kolkata'",
      "datestyle = 'SQL, DMY'",
      "intervalstyle = 'sql_standard'",
      "extra_float_digits = -2",
      "bytea_output = escape",
      "standard_conforming_strings = off",
      "xmloption = document",
    ],
    [
      "statements planned in another way",
      "plan_cache_mode = force_generic_plan",
      "default_transaction_deferrable = on",
      "synchronous_commit = off",
    ],
  ] as const)
    test(`the main job works with ${what} set for the database`, async () => {
      const name = `settings_${crypto.randomUUID().slice(0, 8)}`
      const url = await createDatabase(
        name,
        ...settings.map((setting) => `alter database ${name} set ${setting}`),
      )
      for (const [command, ...flags] of mainJob) await done(url, command, ...flags)
      const again = await done(url, "reparse-battle-reports", "--check", "--json")
      expect(JSON.parse(again).changes).toBe(0)
    })

  test("a database in another encoding is refused with the reason", async () => {
    await withSql(server.at(), (sql) =>
      sql.unsafe("create database latin encoding latin1 locale 'C' template template0"),
    )
    expect(await failed(server.at("latin"), "migrate", "--write")).toContain(
      "its encoding is LATIN1, which cannot hold all that players write",
    )
  })

  test("a server without a free connection is tried again, and worked on when it has one", async () => {
    const url = await createDatabase("crowded")
    const crowd = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const left = Promise.withResolvers<void>()
        const arrived = Promise.withResolvers<void>()
        const over = withSql(server.at(), async (sql) => {
          await sql`select 1`
          arrived.resolve()
          await left.promise
        }).catch(arrived.resolve)
        await arrived.promise
        return async () => {
          left.resolve()
          await over
        }
      }),
    )
    const migrate = startCommand("migrate", ["--write"], { DATABASE_URL: url })
    await migrate.says("lets nobody in at present (")
    for (const leave of crowd) await leave()
    expect((await migrate.outcome).exitCode).toBe(0)
  })

  test("status and checks work on a hot standby, and a write is refused there", async () => {
    const url = await createDatabase("standing")
    for (const [command, ...flags] of mainJob) await done(url, command, ...flags)
    standby = await startStandby(server)
    const there = standby.at("standing")
    expect(await done(there, "status")).toContain("area=players")
    for (const command of ["reparse-battle-reports", "migrate", "purge-wiki-definitions"])
      await done(there, command, "--check")
    for (const command of ["reparse-battle-reports", "migrate"])
      expect(await failed(there, command, "--write")).toContain("is read-only (")
  })
  test("a standby that cannot keep up says that it broke the work off", async () => {
    const url = await createDatabase("replayed")
    await done(url, "migrate", "--write")
    const behind = await startStandby(server, { max_standby_streaming_delay: "100ms" })
    const read = Effect.gen(function* () {
      yield* execute((sql) => sql`select from player_state.account`)
      yield* Effect.promise(() =>
        withSql(url, (sql) =>
          sql.begin((own) => own`lock table player_state.account in access exclusive mode`),
        ),
      )
      yield* Effect.sleep("1 second")
      yield* execute((sql) => sql`select from player_state.account`)
    })
    const error = await runOn(behind.at("replayed"))(Effect.flip(transaction("check")(read)))
    await behind.remove()
    expect(error._tag).toBe("RecoveryConflict")
    expect(error.message).toContain("conflict with recovery), several times.")
  })
})
