import { expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import { Database } from "../../lib/database/database.ts"
import { execute } from "../../lib/database/query.ts"
import { transaction } from "../../lib/database/transaction.ts"
import { onServer, runOn } from "../support/databases.ts"
import { type Relay, startRelay } from "../support/relay.ts"

const addPlayer = (name: string) =>
  execute((sql) => sql`insert into player_state.account (username) values (${name})`)

const sleep = Effect.flatMap(Database, ({ run }) => run((sql) => sql`select pg_sleep(30)`))

onServer("a connection that is lost", (database) => {
  /** Runs work whose connection breaks after a moment; returns how it failed, and how soon. */
  const failureOf = async (
    work: Effect.Effect<unknown, unknown, Database>,
    lose: (relay: Relay) => unknown,
  ) => {
    const relay = await startRelay(database.url)
    const failure = runOn(relay.through(database.url))(Effect.flip(transaction("write")(work)))
    await Bun.sleep(500)
    await lose(relay)
    const started = performance.now()
    const error = await failure
    relay.close()
    return { error, millis: performance.now() - started }
  }
  const players = () => database.sql`select username from player_state.account`

  test("a lost connection ends the running statement and the rollback after it", async () => {
    const { error, millis } = await failureOf(sleep, (relay) => relay.reset())
    expect(error).toMatchObject({ _tag: "ConnectionLost" })
    expect(millis).toBeLessThan(2_000)
  })

  test("a lost connection ends work that is not waiting for the database", async () => {
    const { error, millis } = await failureOf(Effect.never, (relay) => relay.reset())
    expect(error).toMatchObject({ _tag: "ConnectionLost" })
    expect(millis).toBeLessThan(2_000)
  })

  test("statements that waited on a lost connection do not run on another, outside their transaction", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `player ${index}`)
    const waiting = Effect.forEach(names, addPlayer, { concurrency: "unbounded" })
    const work = Effect.all([sleep, waiting], { concurrency: "unbounded" })
    const { error } = await failureOf(work, (relay) => relay.reset())
    expect(error).toMatchObject({ _tag: "ConnectionLost" })
    await Bun.sleep(200)
    expect([...(await players())]).toEqual([])
  })

  test("a lost connection is reported with the server's own reason", async () => {
    const { error } = await failureOf(
      Effect.andThen(addPlayer("alice"), Effect.never),
      () => database.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction'`,
    )
    expect(error).toMatchObject({
      _tag: "ConnectionLost",
      detail: "terminating connection due to administrator command",
    })
    expect([...(await players())]).toEqual([])
  })
})
