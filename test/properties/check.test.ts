import { expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { onEachSchema } from "../support/databases.ts"
import { cases, patience } from "../support/long-run.ts"
import { quietly } from "../support/quiet.ts"
import { snapshot } from "../support/snapshots.ts"
import { carryOut, type Maintenance } from "./commands.ts"
import { countedRows } from "./counted-rows.ts"
import { history, replay } from "./steps.ts"

quietly()

onEachSchema("a check", (database) => {
  const contents = Effect.promise(() => snapshot(database.sql))

  const counted = (call: Maintenance) =>
    Effect.promise(async () => {
      const rows = await database.sql.unsafe<{ key: string; value: string }[]>(
        countedRows[call.command],
      )
      return new Map(rows.map(({ key, value }) => [key, value]))
    })

  /** What a call reports, whatever its mode, or why it failed. */
  const saying = (call: Maintenance, mode: "check" | "write") =>
    Effect.map(
      carryOut(call, mode),
      Result.match({
        onSuccess: (outcome) => outcome,
        onFailure: (error) => ({ error: error.name, message: error.message }),
      }),
    )

  const checkThenWrite = Effect.fnUntraced(function* (call: Maintenance) {
    const before = yield* contents
    const foretold = yield* saying(call, "check")
    expect(yield* contents).toBe(before)
    const countedBefore = yield* counted(call)
    const said = yield* saying(call, "write")
    expect(foretold).toEqual(said)
    if ("error" in said) return expect(yield* contents).toBe(before)
    const countedAfter = yield* counted(call)
    const keys = new Set([...countedBefore.keys(), ...countedAfter.keys()])
    const changed = [...keys].filter((key) => countedBefore.get(key) !== countedAfter.get(key))
    expect(said.changes).toBe(changed.length)
  })

  test(
    "a check writes nothing and predicts the write, whose changes are counted right, for any command at any time",
    () =>
      fc.assert(
        fc.asyncProperty(history, (steps) => database.run(replay(database, steps, checkThenWrite))),
        { numRuns: cases(6, 400) },
      ),
    patience,
  )
})
