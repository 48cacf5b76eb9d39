import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Sql, Statement } from "../database/database.ts"
import { execute, queryRow } from "../database/query.ts"
import type { Mode } from "../database/transaction.ts"
import { noticeWarning } from "../terminal/notice.ts"
import type { Facts } from "../terminal/report.ts"
import type { NotUnderstood, Reading } from "./reader/reading.ts"

/** How much of some reports the reader did not understand. */
export type NotUnderstoodCounts = Readonly<
  Record<"unknown_labels" | "unreadable_values" | "unreadable_dates", number>
>

/** The counts of one report. */
export const countNotUnderstood = ({
  labels,
  values,
  date,
}: NotUnderstood): NotUnderstoodCounts => ({
  unknown_labels: labels.length,
  unreadable_values: values.length,
  unreadable_dates: date === null ? 0 : 1,
})

/** What of a reading is tallied. */
export type TalliedReading = Pick<Reading, "notUnderstood" | "numericLines" | "unknownSuffixes">

const Occurrence = Schema.Struct({
  kind: Schema.String,
  text: Schema.String,
  example: Schema.String,
  reports: Schema.Int,
})
type Occurrence = typeof Occurrence.Type

/** What a tally has gathered. */
export const Gathered = Schema.Struct({
  occurrences: Schema.Array(Occurrence),
  suffixes: Schema.Array(Schema.String),
  alarming: Schema.Int,
})
export type Gathered = typeof Gathered.Type

/** How many of the commonest are listed. */
const listed = 10

// A file of nonsense must not fill the memory, however long it is.

/** How many different ones are remembered. */
const remembered = 10_000

/** No label or value of the game is longer. */
const longestExcerpt = 100

const excerptOf = (text: string): string =>
  text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text

/** A text of its own: a part of a report would keep the whole of it in memory. */
const copyOf = (text: string): string => Buffer.from(text).toString()

/** More than this share of a run's numeric lines under unknown labels: the game is another one. */
const alarmingShare = 0.1

/**
 * Gathers what reports say that the reader does not understand, so that a maintainer learns on the
 * day that the game has changed.
 */
export class NotUnderstoodTally {
  readonly #occurrences = new Map<string, Occurrence>()
  readonly #suffixes = new Set<string>()
  #alarming = 0

  add({ notUnderstood, numericLines, unknownSuffixes }: TalliedReading): void {
    const { labels, values, date } = notUnderstood
    for (const [label, value] of labels) this.#note("unknown_label", label, value)
    for (const [label, value] of values) this.#note("unreadable_value", label, value)
    if (date !== null) this.#note("unreadable_date", "Battle Date", date)
    if (labels.length > numericLines * alarmingShare) this.#alarming += 1
    for (const suffix of unknownSuffixes)
      if (!this.#suffixes.has(suffix)) this.#suffixes.add(copyOf(excerptOf(suffix)))
  }

  /** Adds what another tally has gathered. */
  addGathered({ occurrences, suffixes, alarming }: Gathered): void {
    for (const { kind, text, example, reports } of occurrences)
      this.#note(kind, text, example, reports)
    for (const suffix of suffixes) this.#suffixes.add(suffix)
    this.#alarming += alarming
  }

  // Of several spellings and examples the first in the alphabet stays, whichever comes first.
  #note(kind: string, written: string, example: string, reports = 1): void {
    const text = excerptOf(written)
    const key = `${kind} ${text.toLowerCase()}`
    const known = this.#occurrences.get(key)
    if (known === undefined && this.#occurrences.size >= remembered) return
    const isFirst =
      known === undefined || text < known.text || (text === known.text && example < known.example)
    this.#occurrences.set(key, {
      kind,
      text: isFirst ? copyOf(text) : known.text,
      example: isFirst ? copyOf(excerptOf(example)) : known.example,
      reports: reports + (known?.reports ?? 0),
    })
  }

  /** All that it has gathered. */
  get gathered(): Gathered {
    return {
      occurrences: [...this.#occurrences.values()],
      suffixes: this.suffixes,
      alarming: this.#alarming,
    }
  }

  /** The number suffixes that no reader knows, in order. */
  get suffixes(): readonly string[] {
    return [...this.#suffixes].sort()
  }

  /** The unknown suffixes, then the commonest of the rest, each with one example. */
  get units(): readonly Facts[] {
    return [
      ...this.suffixes.map((suffix) => ({ unknown_magnitude_suffix: suffix })),
      ...this.#commonest.map(({ kind, text, reports, example }) => ({
        not_understood: kind,
        text,
        reports,
        example,
      })),
    ]
  }

  get #commonest(): readonly Occurrence[] {
    return [...this.#occurrences.values()]
      .toSorted((a, b) => b.reports - a.reports || (a.text < b.text ? -1 : 1))
      .slice(0, listed)
  }

  /** Says once that the game may have changed, if many lines of a report are unknown. */
  get warn(): Effect.Effect<void> {
    const example = this.#commonest.find(({ kind }) => kind === "unknown_label")
    if (this.#alarming === 0 || example === undefined) return Effect.void
    const reports = this.#alarming === 1 ? "one report" : `${this.#alarming} reports`
    return noticeWarning(
      `In ${reports}, more than a tenth of the numbers have labels that the suite does not know, such as "${example.text}": the game may have changed. The numbers are kept; add the labels to lib/battle-reports/reader/vocabulary/labels.ts.`,
    )
  }
}

/**
 * What stored reports say that the reader does not understand, as a relation: `kind`, `label`, the
 * `value` as written, and the report's row of `gamedata.battle_report_progress`.
 */
export const notUnderstoodLines = (sql: Sql): Statement => sql`
  select kind, label, value, battle_report_progress.*
  from gamedata.battle_report_progress, lateral (
    select 'unknown label' as kind, line ->> 0 as label, line ->> 1 as value
    from jsonb_array_elements(not_understood -> 'labels') as line
    union all
    select 'unreadable value', line ->> 0, line ->> 1
    from jsonb_array_elements(not_understood -> 'values') as line
    union all
    select 'unreadable date', 'Battle Date', not_understood ->> 'date'
    where not_understood ->> 'date' is not null
  ) as listed
  where not_understood is not null`

/**
 * Notes number suffixes that no reader knows yet, once each, in `definitions.unit`, so that a
 * maintainer sees what the game has added. Returns how many are noted, or would be for a check.
 */
export const recordUnknownMagnitudes = (mode: Mode, suffixes: Iterable<string>) => {
  const different = [...new Set(suffixes)].sort()
  if (different.length === 0) return Effect.succeed(0)
  const listed = JSON.stringify(different)
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
