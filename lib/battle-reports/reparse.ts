import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { Mode } from "../cli/intent.ts"
import { noticeWarning } from "../cli/notice.ts"
import { withProgress } from "../cli/progress.ts"
import type { Report } from "../cli/report.ts"
import { derivedRows } from "./derived-rows.ts"
import { readReport } from "./read-report.ts"
import { readerVersion } from "./reader-version.ts"
import { isUnchanged, planReading, type ReadingPlan } from "./reading-plan.ts"
import { type SlugsOf, slugsByName } from "./slugs-by-name.ts"
import { storeReadings } from "./store-readings.ts"
import {
  countStoredReports,
  type Selection,
  type StoredReport,
  unreadReports,
} from "./stored-reports.ts"
import { recordUnknownMagnitudes } from "./unknown-magnitudes.ts"
import { usedBots } from "./used-bots.ts"

interface Failure {
  readonly reportId: number
  readonly reason: string
}

interface Batch {
  readonly plans: ReadonlyArray<ReadingPlan>
  readonly failures: ReadonlyArray<Failure>
  readonly unknownSuffixes: ReadonlyArray<string>
}

const readBatch = (
  reports: ReadonlyArray<StoredReport>,
  version: string,
  botSlugs: SlugsOf,
): Batch => {
  const plans: Array<ReadingPlan> = []
  const failures: Array<Failure> = []
  const unknownSuffixes = new Set<string>()
  for (const stored of reports) {
    const reading = readReport(stored.rawText)
    if (Result.isFailure(reading)) {
      failures.push({ reportId: stored.id, reason: reading.failure.message })
      continue
    }
    for (const suffix of reading.success.unknownSuffixes) unknownSuffixes.add(suffix)
    plans.push(
      planReading(
        version,
        { reportId: stored.id, playerId: stored.playerId },
        derivedRows(reading.success, stored.storedAt),
        botSlugs(usedBots(reading.success)),
        { ...stored, bots: stored.bots === "" ? [] : stored.bots.split(" ") },
      ),
    )
  }
  return { plans, failures, unknownSuffixes: [...unknownSuffixes] }
}

const noCounts = {
  processed: 0,
  progress_created: 0,
  progress_updated: 0,
  metrics_created: 0,
  metrics_updated: 0,
  bot_rows_created: 0,
  unchanged: 0,
  failed: 0,
}
type Counts = typeof noCounts

const count = (plans: ReadonlyArray<ReadingPlan>, test: (plan: ReadingPlan) => boolean): number =>
  plans.reduce((sum, plan) => sum + (test(plan) ? 1 : 0), 0)

const countBatch = ({ plans, failures }: Batch): Counts => ({
  processed: plans.length + failures.length,
  progress_created: count(plans, ({ progress }) => progress === "created"),
  progress_updated: count(plans, ({ progress }) => progress === "updated"),
  metrics_created: count(plans, ({ metrics }) => metrics === "created"),
  metrics_updated: count(plans, ({ metrics }) => metrics === "updated"),
  bot_rows_created: plans.reduce((sum, { bots }) => sum + bots.length, 0),
  unchanged: count(plans, isUnchanged),
  failed: failures.length,
})

const add = (a: Counts, b: Counts): Counts => ({
  processed: a.processed + b.processed,
  progress_created: a.progress_created + b.progress_created,
  progress_updated: a.progress_updated + b.progress_updated,
  metrics_created: a.metrics_created + b.metrics_created,
  metrics_updated: a.metrics_updated + b.metrics_updated,
  bot_rows_created: a.bot_rows_created + b.bot_rows_created,
  unchanged: a.unchanged + b.unchanged,
  failed: a.failed + b.failed,
})

/**
 * Reads stored reports again and refreshes what is derived from them, or counts for a check what
 * that would change. What this version of the reader has read already needs no second look. A report that cannot be read is counted and named, and stops nothing. Memory
 * stays the same however many reports there are.
 */
export const reparseReports = Effect.fnUntraced(function* (mode: Mode, selection: Selection) {
  const version = yield* readerVersion
  const botSlugs = yield* slugsByName("bot")
  const total = yield* countStoredReports(selection)
  const unknownSuffixes = new Set<string>()
  let counts = noCounts
  yield* withProgress("Reading reports", total, (advance) =>
    unreadReports(selection, version).pipe(
      Stream.map((reports) => readBatch(reports, version, botSlugs)),
      // The next batch is read while the database stores this one.
      Stream.buffer({ capacity: 1 }),
      Stream.runForEach((batch) =>
        Effect.gen(function* () {
          if (mode === "write") yield* storeReadings(batch.plans)
          for (const suffix of batch.unknownSuffixes) unknownSuffixes.add(suffix)
          counts = add(counts, countBatch(batch))
          yield* Effect.forEach(batch.failures, ({ reportId, reason }) =>
            noticeWarning(`Battle report ${reportId} is skipped: ${reason}`),
          )
          yield* advance(batch.plans.length + batch.failures.length)
        }),
      ),
    ),
  )
  const readBefore = total - counts.processed
  counts = add(counts, { ...noCounts, processed: readBefore, unchanged: readBefore })
  if (mode === "write") yield* recordUnknownMagnitudes([...unknownSuffixes])
  const { processed, unchanged, failed } = counts
  return {
    command: "reparse-battle-reports",
    mode,
    units: [...unknownSuffixes].sort().map((suffix) => ({ unknown_magnitude_suffix: suffix })),
    total: counts,
    changes: processed - unchanged - failed,
    problems: [],
  } satisfies Report
})
