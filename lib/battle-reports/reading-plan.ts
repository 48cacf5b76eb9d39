import type { DerivedRows } from "./derived-rows.ts"

/** What the tables hold for a report from an earlier reading; null where there is no row. */
export interface StoredRows {
  readonly progress: string | null
  readonly values: string | null
  readonly rawValues: string | null
  /** Slugs of the bots noted for the run. */
  readonly bots: ReadonlyArray<string>
}

/** What happens to a row. */
export type RowChange = "created" | "updated" | "unchanged"

/** What a reading changes in the tables, for one report. */
export interface ReadingPlan {
  readonly reportId: number
  readonly playerId: number
  readonly rows: DerivedRows
  readonly progress: RowChange
  readonly metrics: RowChange
  /** Slugs of the bots to add; noted ones stay. */
  readonly bots: ReadonlyArray<string>
}

const changeOf = (stored: string | null, derived: string): RowChange =>
  stored === null ? "created" : stored === derived ? "unchanged" : "updated"

/** Compares what a report says now with what is stored of it. */
export const planReading = (
  report: { readonly reportId: number; readonly playerId: number },
  rows: DerivedRows,
  usedBots: ReadonlyArray<string>,
  stored: StoredRows,
): ReadingPlan => {
  const values = changeOf(stored.values, rows.values)
  return {
    ...report,
    rows,
    progress: changeOf(stored.progress, rows.progress),
    metrics: values === "unchanged" ? changeOf(stored.rawValues, rows.rawValues) : values,
    bots: usedBots.filter((slug) => !stored.bots.includes(slug)),
  }
}

/** Whether the tables already say what the report says. */
export const isUnchanged = (plan: ReadingPlan): boolean =>
  plan.progress === "unchanged" && plan.metrics === "unchanged" && plan.bots.length === 0
