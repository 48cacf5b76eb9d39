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

onEachDatabase("an interrupted statement", (database) => {
  const abandoned = (statement: string) =>
    Effect.gen(function* () {
      const { run } = yield* Database
      const fiber = yield* Effect.forkChild(
        run((sql) => sql.unsafe(statement)),
        { startImmediately: true },
      )
      yield* Fiber.interrupt(fiber)
    })

  test("a connection works after an interrupted statement, even one that was never sent", async () => {
    expect(await database.run(Effect.andThen(abandoned("select 1"), answer))).toBe(42)
  })
  test("an interrupted statement that is short completes before the next one", async () => {
    const work = Effect.andThen(
      abandoned("insert into player_state.account (username) values ('alice')"),
      answer,
    )
    expect(await database.run(work)).toBe(42)
    expect(await database.sql`select username from player_state.account`).toHaveLength(1)
  })
})

onServer("an interrupted statement that is slow", (database) => {
  test("an interrupted statement that is slow is cancelled, and its connection goes on", async () => {
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
