import { expect, test } from "bun:test"
import { onFilledDatabase, onFilledServer, type TestDatabase } from "../support/databases.ts"
import { type Outcome, runScript, startCommand } from "../support/scripts.ts"
import { snapshot } from "../support/snapshots.ts"
import { fillWithWork, type ReadyWrite, readyWrites } from "./ready-writes.ts"
import { withSql } from "./states.ts"

/** Whatever happens meanwhile, the database is as before in the end, and nothing is reported. */
const inVain = async ({ sql }: TestDatabase, attempt: () => Promise<Outcome>) => {
  const before = await snapshot(sql)
  const { exitCode, stdout, stderr } = await attempt()
  expect(stdout).toBe("")
  expect(await snapshot(sql)).toBe(before)
  return { exitCode, stderr }
}

onFilledDatabase("a write that cannot be", fillWithWork, (database) => {
  const failing = async (table: string, code: string, attempt: () => Promise<Outcome>) => {
    await database.sql.unsafe(`
      create function towerstats.fail() returns trigger language plpgsql as $$
        begin raise exception 'it cannot be done' using errcode = '${code}'; end $$;
      create trigger fail before insert or update or delete on ${table}
        for each statement execute function towerstats.fail()`)
    return attempt().finally(() => database.sql.unsafe("drop function towerstats.fail cascade"))
  }

  for (const { command, flags, lastTable } of readyWrites)
    test(`leaves nothing of itself: ${command}, the disk being full`, async () => {
      const { exitCode, stderr } = await inVain(database, () =>
        failing(lastTable, "disk_full", () =>
          runScript(command, flags, { DATABASE_URL: database.url }),
        ),
      )
      expect(exitCode).toBe(1)
      expect(stderr).toContain("rejected a statement: it cannot be done (SQLSTATE 53100)")
      expect(stderr).toContain("Nothing of this transaction was written.")
    })

  test("is not begun on a database that a later version has migrated", async () => {
    await database.sql`
      insert into towerstats.schema_migration (version, name, sha256)
      values (9999, 'from_the_future', repeat('0', 64))`
    for (const [command, flag] of [
      ["migrate", "--write"],
      ["purge-wiki-definitions", "--force"],
    ] as const) {
      const { exitCode, stderr } = await inVain(database, () =>
        runScript(command, [flag], { DATABASE_URL: database.url }),
      )
      expect(exitCode).toBe(1)
      expect(stderr).toContain(
        "9999_from_the_future, which this version of the suite does not know",
      )
    }
  })
})

onFilledServer("a write", fillWithWork, (database) => {
  const start = ({ command, flags }: ReadyWrite, ...more: readonly string[]) =>
    startCommand(command, [...flags, ...more], { DATABASE_URL: database.url })

  /** Holds the last table, so that a write stops there, and does something to it then. */
  const stopped = (
    write: ReadyWrite,
    act: (script: ReturnType<typeof start>) => Promise<unknown>,
  ) =>
    withSql(database.url, (holder) =>
      holder.begin(async (sql) => {
        await sql.unsafe(`lock table ${write.lastTable} in access exclusive mode`)
        const script = start(write)
        const isWaiting = () => database.sql`
          select pid from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`
        while ((await isWaiting()).length === 0) await Bun.sleep(5)
        await act(script)
        return script.outcome
      }),
    )

  for (const write of readyWrites)
    test(`whose connection is lost leaves nothing of itself: ${write.command}`, async () => {
      const { exitCode, stderr } = await inVain(database, () =>
        stopped(
          write,
          () => database.sql`
            select pg_terminate_backend(pid, 5000) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`,
        ),
      )
      expect(exitCode).toBe(1)
      expect(stderr).toContain("was lost: ")
      expect(stderr).toContain("What was not committed is rolled back; run the command again.")
    })

  const [, rebuild, , sync] = readyWrites
  if (rebuild === undefined || sync === undefined) throw new Error("no such writes")

  for (const [signal, code] of [
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)
    test(`that is stopped by ${signal} cleans up and leaves nothing of itself`, async () => {
      const { exitCode, stderr } = await inVain(database, () =>
        stopped(rebuild, async (script) => script.signal(signal)),
      )
      expect({ exitCode, stderr }).toEqual({
        exitCode: code,
        stderr: "Stopped; everything is cleaned up.\n",
      })
    })

  const withSetting = (setting: string, attempt: () => Promise<Outcome>) => {
    const name = new URL(database.url).pathname.slice(1)
    return database.sql
      .unsafe(`alter database ${name} set ${setting}`)
      .then(attempt)
      .finally(() => database.sql.unsafe(`alter database ${name} reset all`))
  }

  test("that runs into the server's time limit says so, and leaves nothing of itself", async () => {
    const { exitCode, stderr } = await inVain(database, () =>
      withSetting("statement_timeout = 300", () => stopped(rebuild, () => Bun.sleep(400))),
    )
    expect(exitCode).toBe(1)
    expect(stderr).toContain("canceling statement due to statement timeout (SQLSTATE 57014)")
  })

  test("on a server that only reads is refused, while a check works there", async () => {
    const readOnly = (attempt: () => Promise<Outcome>) =>
      withSetting("default_transaction_read_only = on", attempt)
    for (const write of readyWrites) {
      const refused = await inVain(database, () => readOnly(() => start(write).outcome))
      expect(refused.exitCode).toBe(1)
      expect(refused.stderr).toContain("is read-only (cannot execute ")
    }
    const check = await readOnly(() =>
      runScript(sync.command, ["--all", "--check"], { DATABASE_URL: database.url }),
    )
    expect(check.exitCode).toBe(0)
  })

  test("waits for another one only as long as it is told to", async () => {
    const { exitCode, stderr } = await inVain(database, () =>
      withSql(database.url, (holder) =>
        holder.begin(async (sql) => {
          // What `withWriterLock` takes.
          await sql`select pg_advisory_xact_lock(${0x746f776572}::bigint)`
          return start(sync, "--lock-timeout", "0.3").outcome
        }),
      ),
    )
    expect(exitCode).toBe(1)
    expect(stderr).toContain("Waiting up to 0.3s for another writing command (database session ")
    expect(stderr).toContain("has held the lock on ")
  })
})
