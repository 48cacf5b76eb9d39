import type { DerivedRows } from "./reader/derived-rows.ts"

/** Digests of what a reading derived from a report: equal digests are equal rows. */
export interface ReadingDigests {
  readonly summary: string
  readonly metrics: string
}

const digest = (text: string): string => Bun.hash.xxHash64(text).toString(36)

/** The digests of derived rows. */
export const digestsOf = ({ summary, values, rawValues }: DerivedRows): ReadingDigests => ({
  summary: digest(summary),
  metrics: `${digest(values)}${digest(rawValues)}`,
})

/** What an earlier reading of a report left. Without its digests, the rows themselves are given. */
export interface StoredReading {
  readonly hasProgress: boolean
  readonly hasMetrics: boolean
  readonly summaryDigest: string | null
  readonly metricsDigest: string | null
  readonly summary: string | null
  readonly values: string | null
  readonly rawValues: string | null
  /** Slugs of the bots noted for the run. */
  readonly bots: readonly string[]
}

/** What is stored of a report that was never read. */
export const neverRead: StoredReading = {
  hasProgress: false,
  hasMetrics: false,
  summaryDigest: null,
  metricsDigest: null,
  summary: null,
  values: null,
  rawValues: null,
  bots: [],
}

/** What happens to a row. */
export type RowChange = "created" | "updated" | "unchanged"

/** What a reading changes in the tables, for one report. */
export interface ReadingPlan {
  readonly reportId: number
  readonly playerId: number
  readonly rows: DerivedRows
  /** The version of the reader; it is noted even where nothing else changes. */
  readonly readBy: string
  readonly digests: ReadingDigests
  readonly progress: RowChange
  readonly metrics: RowChange
  /** Slugs of the bots to add; noted ones stay. */
  readonly bots: readonly string[]
}

const changeOf = (isStored: boolean, isEqual: boolean): RowChange =>
  !isStored ? "created" : isEqual ? "unchanged" : "updated"

/** Compares what a report says, read by `version` of the reader, with what is stored of it. */
export const planReading = (
  version: string,
  report: { readonly reportId: number; readonly playerId: number },
  rows: DerivedRows,
  usedBots: readonly string[],
  stored: StoredReading,
): ReadingPlan => {
  const digests = digestsOf(rows)
  const isSummaryEqual =
    stored.summaryDigest === null
      ? stored.summary === rows.summary
      : stored.summaryDigest === digests.summary
  const areMetricsEqual =
    stored.metricsDigest === null
      ? stored.values === rows.values && stored.rawValues === rows.rawValues
      : stored.metricsDigest === digests.metrics
  return {
    ...report,
    rows,
    readBy: version,
    digests,
    progress: changeOf(stored.hasProgress, isSummaryEqual),
    metrics: changeOf(stored.hasMetrics, areMetricsEqual),
    bots: usedBots.filter((slug) => !stored.bots.includes(slug)),
  }
}

/** Whether the tables already say what the report says. */
export const isUnchanged = (plan: ReadingPlan): boolean =>
  plan.progress === "unchanged" && plan.metrics === "unchanged" && plan.bots.length === 0
