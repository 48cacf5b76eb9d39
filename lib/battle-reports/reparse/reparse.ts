import * as Effect from "effect/Effect"
import { type BatchedWork, inBatches } from "../../database/batches.ts"
import { Database } from "../../database/database.ts"
import { note } from "../../terminal/notice.ts"
import { withProgress } from "../../terminal/progress-bar.ts"
import type { Outcome } from "../../terminal/report.ts"
import { recordUnknownMagnitudes } from "../not-understood.ts"
import { readInParts } from "./read-in-parts.ts"
import { type Following, readStored } from "./read-stored.ts"
import { type ReparseRequest, selectReports } from "./selection.ts"
import type { ReparseTally } from "./tally.ts"

const outcomeOf = Effect.fnUntraced(function* ({ result, notUnderstood }: ReparseTally) {
  const { counts, suffixesNoted } = result
  yield* notUnderstood.warn
  return {
    units: notUnderstood.units,
    total: counts,
    changes:
      counts.processed - counts.unchanged - counts.failed - counts.still_locked + suffixesNoted,
  } satisfies Outcome
})

// The connections of the embedded database share one session: only one process can use it at a time.
const processesFor = Effect.fnUntraced(function* (jobs: number) {
  const { facts } = yield* Database
  if (jobs === 1 || !facts.sharesSession) return jobs
  yield* note(
    "The embedded database serves one process at a time: one reads, whatever --jobs says.",
  )
  return 1
})

const following: Following = (reports, read) => withProgress("Reading reports", reports, read)

/**
 * Reads stored reports again, in `jobs` processes, and refreshes what is derived from them, or counts
 * for a check what that would change. What this version of the reader has read already needs no second
 * look. A report that cannot be read is counted and named, and stops nothing; so is what is not
 * understood in those that are read. Memory stays the same however many reports there are.
 */
export const reparseReports = (work: BatchedWork, request: ReparseRequest, jobs = 1) =>
  inBatches(work, (inBatch) =>
    Effect.gen(function* () {
      const processes = yield* processesFor(jobs)
      const tally = yield* processes === 1
        ? readStored(work, inBatch, selectReports(request), following)
        : readInParts(work, inBatch, request, processes, following)
      const { suffixes } = tally.notUnderstood
      if (work.mode === "check" && suffixes.length > 0)
        tally.addNoted(yield* recordUnknownMagnitudes("check", suffixes))
      return tally
    }),
  ).pipe(Effect.flatMap(outcomeOf))
