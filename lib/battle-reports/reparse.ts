import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Mode } from "../database/transaction.ts"
import { noticeWarning } from "../terminal/notice.ts"
import { type Advance, withProgress } from "../terminal/progress-bar.ts"
import type { Outcome } from "../terminal/report.ts"
import type { ReadBatch } from "./read-batch.ts"
import { type Reader, readBatch } from "./read-batch.ts"
import { readerVersion } from "./reader-version.ts"
import { isUnchanged, type ReadingPlan } from "./reading-plan.ts"
import { slugsByName } from "./slugs-by-name.ts"
import { storeReadings } from "./store-readings.ts"
import { countStoredReports, type Selection, unreadReports } from "./stored-reports.ts"
import { recordUnknownMagnitudes } from "./unknown-magnitudes.ts"

/** What a reparse did, or would do. */
export type ReparseCounts = Readonly<
  Record<
    | "processed"
    | "progress_created"
    | "progress_updated"
    | "metrics_created"
    | "metrics_updated"
    | "bot_rows_created"
    | "unchanged"
    | "failed",
    number
  >
>

const howMany = (plans: readonly ReadingPlan[], holds: (plan: ReadingPlan) => boolean): number =>
  plans.reduce((sum, plan) => sum + (holds(plan) ? 1 : 0), 0)

/** The counts of one batch. */
export const countBatch = ({ plans, unreadable }: ReadBatch): ReparseCounts => ({
  processed: plans.length + unreadable.length,
  progress_created: howMany(plans, ({ progress }) => progress === "created"),
  progress_updated: howMany(plans, ({ progress }) => progress === "updated"),
  metrics_created: howMany(plans, ({ metrics }) => metrics === "created"),
  metrics_updated: howMany(plans, ({ metrics }) => metrics === "updated"),
  bot_rows_created: plans.reduce((sum, { bots }) => sum + bots.length, 0),
  unchanged: howMany(plans, isUnchanged),
  failed: unreadable.length,
})

/** The counts of reports that needed no second look. */
export const readBefore = (reports: number): ReparseCounts => ({
  ...countBatch({ plans: [], unreadable: [], unknownSuffixes: [] }),
  processed: reports,
  unchanged: reports,
})

/** Adds up counts, name by name. */
export const addCounts = (a: ReparseCounts, b: ReparseCounts): ReparseCounts => ({
  processed: a.processed + b.processed,
  progress_created: a.progress_created + b.progress_created,
  progress_updated: a.progress_updated + b.progress_updated,
  metrics_created: a.metrics_created + b.metrics_created,
  metrics_updated: a.metrics_updated + b.metrics_updated,
  bot_rows_created: a.bot_rows_created + b.bot_rows_created,
  unchanged: a.unchanged + b.unchanged,
  failed: a.failed + b.failed,
})

/** Reads and, for a write, stores batch after batch, each being read while the last is stored. */
const readAll = Effect.fnUntraced(function* (
  mode: Mode,
  selection: Selection,
  reader: Reader,
  advance: Advance,
) {
  let counts = readBefore(0)
  const unknownSuffixes = new Set<string>()
  yield* unreadReports(selection, reader.version).pipe(
    Stream.mapEffect((reports) => readBatch(reports, reader)),
    Stream.buffer({ capacity: 1 }),
    Stream.runForEach((batch) =>
      Effect.gen(function* () {
        if (mode === "write") yield* storeReadings(batch.plans)
        for (const suffix of batch.unknownSuffixes) unknownSuffixes.add(suffix)
        yield* Effect.forEach(batch.unreadable, ({ reportId, reason }) =>
          noticeWarning(`Battle report ${reportId} is skipped: ${reason}`),
        )
        const done = countBatch(batch)
        counts = addCounts(counts, done)
        yield* advance(done.processed)
      }),
    ),
  )
  return { counts, unknownSuffixes: [...unknownSuffixes].sort() }
})

/**
 * Reads stored reports again and refreshes what is derived from them, or counts for a check what
 * that would change. What this version of the reader has read already needs no second look. A
 * report that cannot be read is counted and named, and stops nothing. Memory stays the same however
 * many reports there are.
 */
export const reparseReports = Effect.fnUntraced(function* (mode: Mode, selection: Selection) {
  const reader: Reader = {
    version: yield* readerVersion,
    botSlugs: yield* slugsByName("bot"),
  }
  const selected = yield* countStoredReports(selection)
  const { counts, unknownSuffixes } = yield* withProgress("Reading reports", selected, (advance) =>
    readAll(mode, selection, reader, advance),
  )
  const magnitudes = yield* recordUnknownMagnitudes(mode, unknownSuffixes)
  const total = addCounts(counts, readBefore(selected - counts.processed))
  return {
    units: unknownSuffixes.map((suffix) => ({ unknown_magnitude_suffix: suffix })),
    total,
    changes: total.processed - total.unchanged - total.failed + magnitudes,
  } satisfies Outcome
})
