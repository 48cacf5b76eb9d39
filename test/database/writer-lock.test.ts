import { expect, test } from "bun:test"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Database } from "../../lib/database/database.ts"
import { execute, queryValue } from "../../lib/database/query.ts"
import { writerBatch, writerTransaction } from "../../lib/database/writer-lock.ts"
import { onServer, runOn } from "../support/databases.ts"
import { someoneWaits, withSql } from "../support/sessions.ts"

// On the embedded database all connections share one session, and its owner's lock does this job.
onServer("the writer lock", (database) => {
  const locked = <A, E>(patience: Duration.Input, work: Effect.Effect<A, E, Database>) =>
    runOn(database.url)(writerTransaction(Duration.fromInputUnsafe(patience))(work))

  const countPlayers = queryValue(
    Schema.Int,
    (sql) => sql`select count(*) as value from player_state.account`,
  )
  const addPlayer = (name: string) =>
    execute((sql) => sql`insert into player_state.account (username) values (${name})`)

  /** Holds the lock until it is told to let go. */
  const hold = async () => {
    const held = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const work = Effect.promise(() => {
      held.resolve()
      return release.promise
    })
    const ended = locked("10 seconds", Effect.andThen(addPlayer("first"), work))
    await held.promise
    return {
      letGo: () => {
        release.resolve()
        return ended
      },
    }
  }

  test("the second of two writers waits for the first and sees all that it has written", async () => {
    const { letGo } = await hold()
    const second = locked("10 seconds", countPlayers)
    await someoneWaits(database.sql)
    await letGo()
    expect(await second).toBe(1)
  })

  test("a writer stops waiting after its time limit and names who holds the lock", async () => {
    const { letGo } = await hold()
    const failure = await Effect.runPromise(
      Effect.flip(Effect.tryPromise(() => locked("300 millis", Effect.void))),
    )
    expect(String(failure.cause)).toMatch(
      /Another writing command \(database session \d+ \(towerstats\), at work since .* UTC\)/,
    )
    await letGo()
    await locked("0 millis", Effect.void)
  })

  test("a writer names the session that it waits for, whatever lock that holds on the ledger", async () => {
    const failure = (mode: string) =>
      withSql(database.url, (other) =>
        other.begin(async (sql) => {
          await sql`set local application_name = 'psql'`
          await sql.unsafe(`lock table towerstats.schema_migration in ${mode} mode`)
          return locked("100 millis", Effect.void).then(() => "none", String)
        }),
      )
    for (const mode of ["share update exclusive", "share", "exclusive", "access exclusive"])
      expect(await failure(mode)).toMatch(/Another writing command \(database session \d+ \(psql\)/)
    expect(await failure("row share")).toBe("none")
  })

  test("a writer that waits for the lock can be stopped", async () => {
    const { letGo } = await hold()
    const stopped = locked("30 seconds", Effect.void)
    const started = performance.now()
    await runOn(database.url)(
      Effect.timeoutOption(
        writerTransaction(Duration.seconds(30))(Effect.void),
        Duration.millis(300),
      ),
    )
    expect(performance.now() - started).toBeLessThan(3_000)
    await letGo()
    await stopped
  })

  test("the writer lock is released after a failure", async () => {
    await expect(locked("1 second", Effect.fail("stop"))).rejects.toThrow()
    await locked("0 millis", Effect.void)
  })

  test("a write that starts over after a conflict takes the writer lock again", async () => {
    await locked("1 second", addPlayer("first"))
    let tries = 0
    const heldBy = queryValue(
      Schema.Boolean,
      (sql) => sql`
        select exists (
          select from pg_locks where pid = pg_backend_pid() and granted
            and relation = 'towerstats.schema_migration'::regclass
            and mode = 'ShareRowExclusiveLock') as value`,
    )
    const work = Effect.gen(function* () {
      tries += 1
      expect(yield* heldBy).toBe(true)
      if (tries === 1)
        yield* Effect.promise(() =>
          withSql(database.url, (site) => site`update player_state.account set username = 'site'`),
        )
      yield* execute((sql) => sql`update player_state.account set username = username || '!'`)
    })
    await locked("1 second", work)
    expect(tries).toBe(2)
  })

  test("batches run beside each other, and a writer has its turn between two of them", async () => {
    const order: string[] = []
    const say = (what: string) => Effect.sync(() => void order.push(what))
    const batch = <A, E>(work: Effect.Effect<A, E, Database>) =>
      runOn(database.url)(writerBatch(Duration.seconds(10))(work))
    const first = Promise.withResolvers<void>()
    const started = batch(
      Effect.andThen(
        Effect.promise(() => first.promise),
        say("first batch"),
      ),
    )
    await batch(say("batch beside it"))
    const writer = locked("10 seconds", say("writer"))
    await someoneWaits(database.sql)
    const next = batch(say("next batch"))
    await Bun.sleep(50)
    first.resolve()
    await Promise.all([started, writer, next])
    expect(order).toEqual(["batch beside it", "first batch", "writer", "next batch"])
  })

  test("the writer lock keeps nobody from reading which migrations were applied", async () => {
    const { letGo } = await hold()
    expect(await database.sql`select from towerstats.schema_migration`).toHaveLength(5)
    await letGo()
  })
})
