import { describe, expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { platform } from "../../lib/command/run-command.ts"
import { displayAddress } from "../../lib/database/connection/address.ts"
import { readAddress } from "../../lib/database/connection/read-address.ts"
import { Database } from "../../lib/database/database.ts"
import { execute, queryRow } from "../../lib/database/query.ts"
import { transaction } from "../../lib/database/transaction.ts"
import { locationOf, onEachDatabase, onServer } from "../support/databases.ts"
import { runHere } from "../support/run-here.ts"
import { serverUrl } from "../support/server-databases.ts"
import { withSetting } from "../support/sessions.ts"

const connectionFailure = (url: string) =>
  Effect.runPromise(
    Effect.flip(Effect.void.pipe(Effect.provide(Database.layerAt(locationOf(url))))).pipe(
      Effect.provide(platform),
    ),
  )

describe("connecting", () => {
  test("an unreachable server is named without the password", async () => {
    const failure = await connectionFailure("postgres://me:hunter2@127.0.0.1:9/db")
    expect(failure._tag).toBe("DatabaseUnreachable")
    expect(failure.message).toContain("postgres://me@127.0.0.1:9/db cannot be reached")
    expect(JSON.stringify(failure)).not.toContain("hunter2")
  })
  test("a host that does not exist is an unreachable server", async () => {
    const failure = await connectionFailure("postgres://me@no-such-host.invalid/db")
    expect(failure._tag).toBe("DatabaseUnreachable")
  })
  test("a displayed address has neither password nor parameters", () => {
    const url = Redacted.make("postgres://me:hunter2@db.example:5433/stats?password=secret")
    const shown = Result.map(readAddress(url), displayAddress)
    expect(shown).toEqual(Result.succeed("postgres://me@db.example:5433/stats"))
  })
})

describe("the address in the environment", () => {
  const status = (environment: Record<string, string>) => runHere("status", [], environment)

  test("a DATABASE_URL for something else is wrong usage, and is not repeated in the message", async () => {
    const outcome = await status({ DATABASE_URL: "mysql://me:hunter2@host/db" })
    expect(outcome).toMatchObject({ exitCode: 2, stdout: "" })
    expect(outcome.stderr).toContain("does not start with postgres://")
    expect(outcome.stderr).not.toContain("hunter2")
  })
  test("a DATABASE_URL whose user or password is not percent-encoded is wrong usage", async () => {
    const { exitCode, stderr } = await status({ DATABASE_URL: "postgres://a%:41hunter2@host/db" })
    expect(exitCode).toBe(2)
    expect(stderr).toContain("a % in user or password must be written as %25")
  })
  test("DATABASE_URL is required on Railway and in CI", async () => {
    for (const environment of [{ RAILWAY_PROJECT_ID: "x" }, { CI: "true" }]) {
      const outcome = await status(environment)
      expect(outcome).toMatchObject({ exitCode: 2, stdout: "" })
      expect(outcome.stderr).toContain("DATABASE_URL is not set")
      expect(outcome.stderr).toContain("or TOWERSTATS_DATABASE_FOLDER to a folder that lasts")
    }
  })
})

onServer("a connection", (database) => {
  test("times read the same, however the server is configured", async () => {
    const setting = "datestyle = 'SQL, DMY'"
    const text = await withSetting(database, setting, () =>
      database.run(
        transaction("check")(
          queryRow(
            Schema.Struct({ text: Schema.String }),
            (sql) => sql`select '2026-03-04 05:06:07 IST'::timestamptz::text as text`,
          ),
        ),
      ),
    )
    expect(text).toEqual({ text: "2026-03-04 03:06:07+00" })
  })
})

onEachDatabase("a connection", (database) => {
  const countPlayers = queryRow(
    Schema.Struct({ players: Schema.Int }),
    (sql) => sql`select count(*) as players from player_state.account`,
  )
  const addPlayer = execute(
    (sql) => sql`insert into player_state.account (username) values ('someone')`,
  )

  test("in a check the server itself refuses a write", async () => {
    const failure = await database.run(Effect.flip(transaction("check")(addPlayer)))
    expect(failure._tag).toBe("DatabaseReadOnly")
    expect(await database.run(countPlayers)).toEqual({ players: 0 })
  })
  test("a transaction that succeeds is committed, and one that fails or is interrupted is rolled back", async () => {
    const failing = transaction("write")(Effect.andThen(addPlayer, Effect.fail("stop")))
    expect(await database.run(Effect.flip(failing))).toBe("stop")
    const endless = transaction("write")(Effect.andThen(addPlayer, Effect.never))
    await database.run(Effect.timeoutOption(endless, "100 millis"))
    expect(await database.run(countPlayers)).toEqual({ players: 0 })
    await database.run(transaction("write")(addPlayer))
    expect(await database.run(countPlayers)).toEqual({ players: 1 })
  })
  test("a missing database permission is named, with what to do", async () => {
    const work = Effect.andThen(
      execute((sql) => sql`set local role pg_monitor`),
      countPlayers,
    )
    const failure = await database.run(Effect.flip(transaction("check")(work)))
    expect(failure._tag).toBe("DatabaseForbidden")
    expect(failure.message).toContain("permission denied for schema player_state. Grant it")
  })
  test("a maintenance session cannot delete what belongs to players", async () => {
    await database.run(addPlayer)
    const failure = await database.run(
      Effect.flip(transaction("write")(execute((sql) => sql`delete from player_state.account`))),
    )
    expect(failure.message).toContain("maintenance commands never delete from player_state.account")
    expect(await database.run(countPlayers)).toEqual({ players: 1 })
    await database.sql`delete from player_state.account`
    expect(await database.run(countPlayers)).toEqual({ players: 0 })
  })
})

describe.if(serverUrl !== undefined)("a connection to a real server", () => {
  const url = serverUrl ?? ""
  const run = <A, E>(effect: Effect.Effect<A, E, Database>) =>
    Effect.runPromise(
      effect.pipe(Effect.provide(Database.layerAt(locationOf(url))), Effect.provide(platform)),
    )
  const backend = queryRow(
    Schema.Struct({ pid: Schema.Int }),
    (sql) => sql`select pg_backend_pid() as pid`,
  )

  test("a statement after its connection was lost fails, and does not run outside its transaction", async () => {
    const work = Effect.gen(function* () {
      const { pid } = yield* backend
      yield* Effect.promise(() =>
        run(execute((sql) => sql`select pg_terminate_backend(${pid}, 5000)`)),
      )
      yield* Effect.sleep("100 millis")
      yield* execute((sql) => sql`create table towerstats_stray (a int)`)
    })
    const failure = await run(Effect.flip(transaction("write")(work)))
    expect(failure._tag).toBe("ConnectionLost")
    const stray = await run(
      queryRow(
        Schema.Struct({ found: Schema.Boolean }),
        (sql) => sql`select to_regclass('towerstats_stray') is not null as found`,
      ),
    )
    expect(stray.found).toBe(false)
  })
  test("a database that does not exist is named", async () => {
    const missing = new URL(url)
    missing.pathname = "no_such_database"
    const failure = await connectionFailure(missing.href)
    expect(failure._tag).toBe("DatabaseRefused")
    expect(failure.message).toContain("no_such_database")
  })
})
