import * as Schema from "effect/Schema"
import { addCounts } from "../counts.ts"
import { countNotUnderstood, Gathered, NotUnderstoodTally } from "../not-understood.ts"
import { isUnchanged } from "../reading-plan.ts"
import type { ReadBatch } from "./read-batch.ts"
import type { Marked } from "./stored-reports.ts"

const ReparseCounts = Schema.Struct({
  processed: Schema.Int,
  progress_created: Schema.Int,
  progress_updated: Schema.Int,
  metrics_created: Schema.Int,
  metrics_updated: Schema.Int,
  bot_rows_created: Schema.Int,
  unchanged: Schema.Int,
  failed: Schema.Int,
  still_locked: Schema.Int,
  unknown_labels: Schema.Int,
  unreadable_values: Schema.Int,
  unreadable_dates: Schema.Int,
})

/** What a reparse of some reports did, or would do. */
export const ReparseResult = Schema.Struct({
  counts: ReparseCounts,
  /** How many unknown number suffixes were noted for the first time. */
  suffixesNoted: Schema.Int,
  notUnderstood: Gathered,
})
export type ReparseResult = typeof ReparseResult.Type

const nothing: typeof ReparseCounts.Type = {
  processed: 0,
  progress_created: 0,
  progress_updated: 0,
  metrics_created: 0,
  metrics_updated: 0,
  bot_rows_created: 0,
  unchanged: 0,
  failed: 0,
  still_locked: 0,
  unknown_labels: 0,
  unreadable_values: 0,
  unreadable_dates: 0,
}

/** Counts what a reparse does, batch by batch. */
export class ReparseTally {
  #counts = nothing
  #suffixesNoted = 0
  readonly notUnderstood = new NotUnderstoodTally()

  /** Counts reports that needed no second look. */
  addUnchanged({ reports, ...notUnderstood }: Marked): void {
    this.#add({ processed: reports, unchanged: reports, ...notUnderstood })
  }

  /** Counts reports that another session held locked to the end. */
  addLocked(reports: number): void {
    this.#add({ processed: reports, still_locked: reports })
  }

  /** Counts what was read, and stored if it was to be. */
  addBatch({ read, unreadable }: ReadBatch): void {
    this.#add({ processed: unreadable.length, failed: unreadable.length })
    for (const { plan, tallied } of read) {
      const { progress, metrics, bots } = plan
      this.#add({
        processed: 1,
        progress_created: progress === "created" ? 1 : 0,
        progress_updated: progress === "updated" ? 1 : 0,
        metrics_created: metrics === "created" ? 1 : 0,
        metrics_updated: metrics === "updated" ? 1 : 0,
        bot_rows_created: bots.length,
        unchanged: isUnchanged(plan) ? 1 : 0,
        ...countNotUnderstood(tallied.notUnderstood),
      })
      this.notUnderstood.add(tallied)
    }
  }

  /** Counts suffixes that were noted for the first time. */
  addNoted(suffixes: number): void {
    this.#suffixesNoted += suffixes
  }

  /** Adds what another tally has counted. */
  addResult({ counts, suffixesNoted, notUnderstood }: ReparseResult): void {
    this.#add(counts)
    this.#suffixesNoted += suffixesNoted
    this.notUnderstood.addGathered(notUnderstood)
  }

  #add(more: Partial<typeof nothing>): void {
    this.#counts = addCounts(this.#counts, more)
  }

  get result(): ReparseResult {
    return {
      counts: this.#counts,
      suffixesNoted: this.#suffixesNoted,
      notUnderstood: this.notUnderstood.gathered,
    }
  }
}
