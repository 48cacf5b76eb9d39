import type { DerivedRows } from "./reader/derived-rows.ts"

/** Digests of what a reading derived from a report: equal digests are equal rows. */
export interface ReadingDigests {
  readonly progress: string
  readonly metrics: string
}

const digest = (text: string): string => Bun.hash.xxHash64(text).toString(36)

/** The digests of derived rows. */
export const digestsOf = ({ progress, values, rawValues }: DerivedRows): ReadingDigests => ({
  progress: digest(progress),
  metrics: `${digest(values)}${digest(rawValues)}`,
})

/** How every mark of a reader's version begins. */
export const markPrefix = (version: string): string => `${version} `

/** What `battle_report_progress.reading` says: who read the report, and digests of what it gave. */
export const writeMark = (version: string, { progress, metrics }: ReadingDigests): string =>
  `${markPrefix(version)}${progress} ${metrics}`

/** The digests in a mark; null where there is none. */
export const readMark = (mark: string | null): ReadingDigests | null => {
  const [, progress, metrics] = mark?.split(" ") ?? []
  return progress === undefined || metrics === undefined ? null : { progress, metrics }
}

/** What an earlier reading of a report left. Without a mark, the rows themselves are given. */
export interface StoredReading {
  readonly hasProgress: boolean
  readonly hasMetrics: boolean
  readonly mark: string | null
  readonly progress: string | null
  readonly values: string | null
  readonly rawValues: string | null
  /** Slugs of the bots noted for the run. */
  readonly bots: readonly string[]
}

/** What is stored of a report that was never read. */
export const neverRead: StoredReading = {
  hasProgress: false,
  hasMetrics: false,
  mark: null,
  progress: null,
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
  /** The mark to leave; it changes with the reader even where nothing else does. */
  readonly mark: string
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
  const before = readMark(stored.mark)
  const isProgressEqual =
    before === null ? stored.progress === rows.progress : before.progress === digests.progress
  const areMetricsEqual =
    before === null
      ? stored.values === rows.values && stored.rawValues === rows.rawValues
      : before.metrics === digests.metrics
  return {
    ...report,
    rows,
    mark: writeMark(version, digests),
    progress: changeOf(stored.hasProgress, isProgressEqual),
    metrics: changeOf(stored.hasMetrics, areMetricsEqual),
    bots: usedBots.filter((slug) => !stored.bots.includes(slug)),
  }
}

/** Whether the tables already say what the report says. */
export const isUnchanged = (plan: ReadingPlan): boolean =>
  plan.progress === "unchanged" && plan.metrics === "unchanged" && plan.bots.length === 0
