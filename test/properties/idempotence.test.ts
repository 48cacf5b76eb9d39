import { expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { onEachSchema } from "../support/databases.ts"
import { cases, patience } from "../support/long-run.ts"
import { quietly } from "../support/quiet.ts"
import { snapshot } from "../support/snapshots.ts"
import { carryOut, type Maintenance } from "./commands.ts"
import { history, replay } from "./steps.ts"

quietly()

onEachSchema("a second write", (database) => {
  /** Whether a call reads the wiki's pages, and so records when each row was last seen. */
  const looksAtWiki = (call: Maintenance): boolean =>
    call.command === "fetch" || (call.command === "rebuild" && call.wiki !== null)

  // A first reading may move a report to another patch; the limit then lets in the next one.
  const mayMoveOn = (call: Maintenance): boolean =>
    call.command === "reparse" && call.patch !== null && call.limit !== null

  const writeTwice = Effect.fnUntraced(function* (call: Maintenance) {
    const contents = Effect.promise(() =>
      snapshot(database.sql, looksAtWiki(call) ? { "definitions.wiki_data": ["last_seen"] } : {}),
    )
    if (Result.isFailure(yield* carryOut(call, "write")) || mayMoveOn(call)) return
    const settled = yield* contents
    expect(yield* carryOut(call, "write")).toMatchObject({ success: { changes: 0 } })
    expect(yield* contents).toBe(settled)
  })

  test(
    "a second write changes nothing and touches no row, for any command at any time",
    () =>
      fc.assert(
        fc.asyncProperty(history, (steps) => database.run(replay(database, steps, writeTwice))),
        { numRuns: cases(6, 400) },
      ),
    patience,
  )
})
