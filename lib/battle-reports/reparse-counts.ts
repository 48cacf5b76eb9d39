import type { ReadBatch } from "./read-batch.ts"
import { isUnchanged, type ReadingPlan } from "./reading-plan.ts"

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
