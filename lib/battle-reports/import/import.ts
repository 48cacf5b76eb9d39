import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type BatchedWork, type InBatch, inBatches } from "../../database/batches.ts"
import { note } from "../../terminal/notice.ts"
import { type Advance, withProgress } from "../../terminal/progress-bar.ts"
import { recordUnknownMagnitudes } from "../not-understood.ts"
import { type ReadingSettings, readBatch } from "./candidates.ts"
import { importBatch } from "./import-batch.ts"
import { currentTime, type ImportRequest, resolveSettings } from "./settings.ts"
import { ImportSizes, submissionBatches } from "./submissions.ts"
import { requireUnchanged, surveyFiles } from "./survey.ts"
import { ImportTally } from "./tally.ts"

/** What an import works with from its first batch to its last. */
interface Run {
  readonly work: BatchedWork
  readonly request: ImportRequest
  readonly start: ReadingSettings
  readonly advance: Advance
}

/** Imports all batches, each of them `inBatch`; while one is stored, the next is read. */
const importAll = Effect.fnUntraced(function* (
  { work: { mode }, request, start, advance }: Run,
  inBatch: InBatch,
  tally: ImportTally,
) {
  const seen = new Set<string>()
  let { timeZone, storedAt } = start
  yield* submissionBatches(request.files).pipe(
    Stream.mapEffect((batch) => readBatch(batch, { timeZone, storedAt })),
    Stream.buffer({ capacity: 1 }),
    Stream.runForEach(
      Effect.fnUntraced(function* (batch) {
        yield* requireUnchanged(batch.problems)
        // A write finds what it has stored in the database; only a check has to remember it.
        const imported = yield* inBatch(
          Effect.suspend(() =>
            importBatch(mode, request, storedAt, batch, mode === "check" ? seen : new Set()),
          ),
        )
        timeZone = imported.timeZone
        tally.addBatch(imported)
        yield* advance(batch.submissions.length)
      }),
    ),
  )
  if (mode === "check")
    tally.addNoted(yield* recordUnknownMagnitudes(mode, tally.notUnderstood.suffixes))
  return tally
})

/** All batches in one. */
const importAsOne = (run: Run, inBatch: InBatch) =>
  inBatch(Effect.suspend(() => importAll(run, (batch) => batch, new ImportTally())))

const sayWhatStays = ({ imported }: ImportTally) =>
  note(`${imported} reports are imported and stay; run the command again, and it imports the rest.`)

/** One batch after the other; should that end before the last one, it says what stays. */
const importOneByOne = (run: Run, inBatch: InBatch) =>
  Effect.suspend(() => {
    const tally = new ImportTally()
    return Effect.onError(importAll(run, inBatch, tally), () =>
      run.work.mode === "write" && tally.imported > 0 ? sayWhatStays(tally) : Effect.void,
    )
  })

/**
 * Brings battle reports into the database for one player, with everything derived from them, or
 * says for a check what that would do. A text that is no report stops the import before anything is
 * written, and all such texts are named. Reports that the player has already are counted; the preset
 * and the tournament flag apply to them too. A few thousand reports are imported as a whole or not at
 * all; more of them batch by batch, and what a batch has stored stays, whatever comes after.
 */
export const importReports = (work: BatchedWork, request: ImportRequest) =>
  inBatches(
    work,
    Effect.fnUntraced(function* (inBatch: InBatch) {
      const start = yield* inBatch(
        Effect.gen(function* () {
          const { timeZone } = yield* resolveSettings("check", request)
          return { timeZone, storedAt: yield* currentTime }
        }),
      )
      const reports = yield* surveyFiles(request.files)
      const { whole } = yield* ImportSizes
      const label = work.mode === "check" ? "Checking reports" : "Importing reports"
      const tally = yield* withProgress(label, reports, (advance) => {
        const run: Run = { work, request, start, advance }
        return reports <= whole ? importAsOne(run, inBatch) : importOneByOne(run, inBatch)
      })
      yield* tally.notUnderstood.warn
      return tally.outcome
    }),
  )
