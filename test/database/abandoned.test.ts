import { expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { Database } from "../../lib/database/database.ts"
import { onEachDatabase, onServer } from "../support/databases.ts"

const answer = Effect.gen(function* () {
  const { run } = yield* Database
  const [row] = yield* run((sql) => sql`select 42 as answer`)
  return row?.answer
})

onEachDatabase("a statement that nobody waits for any more", (database) => {
  const abandoned = (statement: string) =>
    Effect.gen(function* () {
      const { run } = yield* Database
      const fiber = yield* Effect.forkChild(
        run((sql) => sql.unsafe(statement)),
        { startImmediately: true },
      )
      yield* Fiber.interrupt(fiber)
    })

  test("leaves its connection in order, even if it has not been sent yet", async () => {
    expect(await database.run(Effect.andThen(abandoned("select 1"), answer))).toBe(42)
  })
  test("runs before what follows it when it is short", async () => {
    const work = Effect.andThen(
      abandoned("insert into player_state.account (username) values ('alice')"),
      answer,
    )
    expect(await database.run(work)).toBe(42)
    expect(await database.sql`select username from player_state.account`).toHaveLength(1)
  })
})

onServer("a statement that nobody waits for any more, and that takes long,", (database) => {
  test("is cancelled, and its connection goes on", async () => {
    const started = performance.now()
    const work = Effect.gen(function* () {
      const { run } = yield* Database
      yield* Effect.timeoutOption(
        run((sql) => sql`select pg_sleep(30)`),
        "50 millis",
      )
      return yield* answer
    })
    expect(await database.run(work)).toBe(42)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
