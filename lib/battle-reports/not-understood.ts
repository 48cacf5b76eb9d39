import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { execute, queryRow } from "../database/query.ts"
import type { Mode } from "../database/transaction.ts"
import { noticeWarning } from "../terminal/notice.ts"
import type { Facts } from "../terminal/report.ts"
import type { Reading } from "./reader/reading.ts"

/** How much of some reports the reader did not understand. */
export type NotUnderstoodCounts = Readonly<
  Record<"unknown_labels" | "unreadable_values" | "unreadable_dates", number>
>

/** The counts of one report. */
export const countNotUnderstood = ({ notUnderstood }: Reading): NotUnderstoodCounts => ({
  unknown_labels: notUnderstood.labels.length,
  unreadable_values: notUnderstood.values.length,
  unreadable_dates: notUnderstood.date === null ? 0 : 1,
})

interface Occurrence {
  readonly kind: string
  readonly text: string
  readonly example: string
  reports: number
}

/** How many of the commonest are listed. */
const listed = 10

/** How many different ones are remembered: a file of nonsense must not fill the memory. */
const remembered = 10_000

/** More than this share of a run's numeric lines under unknown labels: the game is another one. */
const alarmingShare = 0.1

/**
 * Gathers what reports say that the reader does not understand, so that a maintainer learns on the
 * day that the game has changed.
 */
export class NotUnderstoodTally {
  readonly #occurrences = new Map<string, Occurrence>()
  #alarming = 0

  add({ notUnderstood, numericLines }: Reading): void {
    const { labels, values, date } = notUnderstood
    for (const [label, value] of labels) this.#note("unknown_label", label, value)
    for (const [label, value] of values) this.#note("unreadable_value", label, value)
    if (date !== null) this.#note("unreadable_date", "Battle Date", date)
    if (labels.length > numericLines * alarmingShare) this.#alarming += 1
  }

  #note(kind: string, text: string, example: string): void {
    const key = `${kind} ${text.toLowerCase()}`
    const known = this.#occurrences.get(key)
    if (known === undefined && this.#occurrences.size >= remembered) return
    if (known === undefined) this.#occurrences.set(key, { kind, text, example, reports: 1 })
    else known.reports += 1
  }

  /** The commonest first, each with one example. */
  get units(): readonly Facts[] {
    return [...this.#occurrences.values()]
      .toSorted((a, b) => b.reports - a.reports || (a.text < b.text ? -1 : 1))
      .slice(0, listed)
      .map(({ kind, text, reports, example }) => ({ not_understood: kind, text, reports, example }))
  }

  /** Says once that the game may have changed, if many lines of a report are unknown. */
  get warn(): Effect.Effect<void> {
    const [example] = this.units.filter(({ not_understood }) => not_understood === "unknown_label")
    return this.#alarming === 0 || example === undefined
      ? Effect.void
      : noticeWarning(
          `In ${this.#alarming} report(s) more than a tenth of the numbers are under labels that the suite does not know, such as "${example.text}": the game may have changed. They are kept; add the labels to lib/battle-reports/reader/vocabulary/labels.ts.`,
        )
  }
}

/**
 * Notes number suffixes that no reader knows yet, once each, in `definitions.unit`, so that a
 * maintainer sees what the game has added. Returns how many are noted, or would be for a check.
 */
export const recordUnknownMagnitudes = (mode: Mode, suffixes: readonly string[]) => {
  const listed = JSON.stringify(suffixes)
  return mode === "write"
    ? execute(
        (sql) => sql`
          insert into definitions.unit (name, symbol, kind)
          select 'magnitude suffix ' || suffix, suffix, 'unknown'
          from jsonb_array_elements_text(${listed}::text::jsonb) as suffix
          on conflict (name) do nothing`,
      )
    : Effect.map(
        queryRow(
          Schema.Struct({ missing: Schema.Int }),
          (sql) => sql`
            select count(*) as missing
            from jsonb_array_elements_text(${listed}::text::jsonb) as suffix
            where 'magnitude suffix ' || suffix not in (select name from definitions.unit)`,
        ),
        ({ missing }) => missing,
      )
}
