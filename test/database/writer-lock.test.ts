import { describe, expect, test } from "bun:test"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { platform } from "../../lib/command/run-command.ts"
import { withWriterLock } from "../../lib/database/advisory-lock.ts"
import { Database } from "../../lib/database/database.ts"
import { serverUrl } from "../support/server-databases.ts"

// On the embedded database all connections share one session, and its owner's lock does this job.
describe.if(serverUrl !== undefined)("the writer lock of a real server", () => {
  const locked = <A, E>(timeout: Duration.Input, work: Effect.Effect<A, E>) =>
    withWriterLock(Duration.fromInputUnsafe(timeout))(work).pipe(
      // A layer of its own, so that every lock is taken over a connection of its own.
      Effect.provide(Database.layerAt({ _tag: "Server", url: Redacted.make(serverUrl ?? "") })),
      Effect.provide(platform),
    )

  test("the second of two writers waits for the first", async () => {
    const order: string[] = []
    const work = (name: string) =>
      Effect.gen(function* () {
        order.push(`${name} starts`)
        yield* Effect.sleep("300 millis")
        order.push(`${name} ends`)
      })
    await Effect.runPromise(
      Effect.all([locked("10 seconds", work("one")), locked("10 seconds", work("two"))], {
        concurrency: "unbounded",
      }),
    )
    const [first = ""] = order
    const [winner = ""] = first.split(" ")
    const loser = winner === "one" ? "two" : "one"
    expect(order).toEqual([
      `${winner} starts`,
      `${winner} ends`,
      `${loser} starts`,
      `${loser} ends`,
    ])
  })
  test("a writer stops waiting after its time limit and names who holds the lock", async () => {
    const failure = await Effect.runPromise(
      locked("10 seconds", Effect.flip(locked("300 millis", Effect.void))),
    )
    expect(failure._tag).toBe("WriterLockTimeout")
    expect(failure.message).toContain("database session")
  })
  test("the writer lock is released after a failure", async () => {
    await Effect.runPromise(Effect.flip(locked("1 second", Effect.fail("stop"))))
    await Effect.runPromise(locked("300 millis", Effect.void))
  })
})
