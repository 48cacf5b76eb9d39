import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Mode } from "../database/transaction.ts"
import { noticeWarning } from "../terminal/notice.ts"
import { type Advance, withProgress } from "../terminal/progress-bar.ts"
import type { Outcome } from "../terminal/report.ts"
import {
  countNotUnderstood,
  type NotUnderstoodCounts,
  NotUnderstoodTally,
  recordUnknownMagnitudes,
} from "./not-understood.ts"
import { type ReadBatch, type Reader, readBatch } from "./read-batch.ts"
import { readerVersion } from "./reader-version.ts"
import { isUnchanged, type ReadingPlan } from "./reading-plan.ts"
import { slugsByName } from "./slugs-by-name.ts"
import { storeReadings } from "./store-readings.ts"
import { countStoredReports, type Selection, unreadReports } from "./stored-reports.ts"

const countNames = [
  "processed",
  "progress_created",
  "progress_updated",
  "metrics_created",
  "metrics_updated",
  "bot_rows_created",
  "unchanged",
  "failed",
  "unknown_labels",
  "unreadable_values",
  "unreadable_dates",
] as const

/** What a reparse did, or would do. */
export type ReparseCounts = Readonly<Record<(typeof countNames)[number], number>>

const howMany = (plans: readonly ReadingPlan[], holds: (plan: ReadingPlan) => boolean): number =>
  plans.reduce((sum, plan) => sum + (holds(plan) ? 1 : 0), 0)

/** Adds up counts, name by name. */
export const addCounts = <Name extends string>(
  a: Readonly<Record<Name, number>>,
  b: Readonly<Record<Name, number>>,
): Readonly<Record<Name, number>> => {
  const sum: Record<Name, number> = { ...a }
  for (const name in a) sum[name] = a[name] + b[name]
  return sum
}

const nothingUnknown: NotUnderstoodCounts = {
  unknown_labels: 0,
  unreadable_values: 0,
  unreadable_dates: 0,
}

/** The counts of one batch. */
export const countBatch = ({ plans, unreadable, readings }: ReadBatch): ReparseCounts => ({
  processed: plans.length + unreadable.length,
  progress_created: howMany(plans, ({ progress }) => progress === "created"),
  progress_updated: howMany(plans, ({ progress }) => progress === "updated"),
  metrics_created: howMany(plans, ({ metrics }) => metrics === "created"),
  metrics_updated: howMany(plans, ({ metrics }) => metrics === "updated"),
  bot_rows_created: plans.reduce((sum, { bots }) => sum + bots.length, 0),
  unchanged: howMany(plans, isUnchanged),
  failed: unreadable.length,
  ...readings
    .map(({ notUnderstood }) => countNotUnderstood(notUnderstood))
    .reduce<NotUnderstoodCounts>(addCounts, nothingUnknown),
})

/** The counts of reports that needed no second look. */
export const unchangedCounts = (reports: number): ReparseCounts => ({
  ...countBatch({ plans: [], unreadable: [], readings: [] }),
  processed: reports,
  unchanged: reports,
})

/** Reads and, for a write, stores batch after batch, each being read while the last is stored. */
const readAll = Effect.fnUntraced(function* (
  mode: Mode,
  selection: Selection,
  reader: Reader,
  advance: Advance,
) {
  let counts = unchangedCounts(0)
  const notUnderstood = new NotUnderstoodTally()
  yield* unreadReports(selection, reader.version).pipe(
    Stream.mapEffect((reports) => readBatch(reports, reader)),
    Stream.buffer({ capacity: 1 }),
    Stream.runForEach((batch) =>
      Effect.gen(function* () {
        if (mode === "write") yield* storeReadings(batch.plans)
        for (const reading of batch.readings) notUnderstood.add(reading)
        yield* Effect.forEach(batch.unreadable, ({ reportId, reason }) =>
          noticeWarning(`Battle report ${reportId} is skipped: ${reason}`),
        )
        const done = countBatch(batch)
        counts = addCounts(counts, done)
        yield* advance(done.processed)
      }),
    ),
  )
  return { counts, notUnderstood }
})

/**
 * Reads stored reports again and refreshes what is derived from them, or counts for a check what
 * that would change. What this version of the reader has read already needs no second look. A
 * report that cannot be read is counted and named, and stops nothing; so is what is not understood in
 * those that are read. Memory stays the same however many reports there are.
 */
export const reparseReports = Effect.fnUntraced(function* (mode: Mode, selection: Selection) {
  const reader: Reader = {
    version: yield* readerVersion,
    botSlugs: yield* slugsByName("bot"),
  }
  const selected = yield* countStoredReports(selection)
  const { counts, notUnderstood } = yield* withProgress("Reading reports", selected, (advance) =>
    readAll(mode, selection, reader, advance),
  )
  const magnitudes = yield* recordUnknownMagnitudes(mode, notUnderstood.suffixes)
  const total = addCounts(counts, unchangedCounts(selected - counts.processed))
  yield* notUnderstood.warn
  return {
    units: notUnderstood.units,
    total,
    changes: total.processed - total.unchanged - total.failed + magnitudes,
  } satisfies Outcome
})
