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
