import * as Plot from "@observablehq/plot"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { queryRow, queryRows } from "../database/query.ts"
import { type Target, targetNames, targetOfVersion } from "../wiki/catalogue.ts"
import { type FieldChange, wikiChanges } from "../wiki/history.ts"
import { rowChanges } from "../wiki/revisions/row-changes.ts"
import {
  type Content,
  countOf,
  type Html,
  html,
  link,
  moment,
  nothing,
  section,
  table,
  written,
} from "./html.ts"
import { legend, responsivePicture } from "./picture.ts"
import { pageTitle } from "./state.ts"

const Bar = Schema.Struct({ day: Schema.String, parseVersion: Schema.String, rows: Schema.Int })
type Bar = typeof Bar.Type

const Record = Schema.Struct({
  rows: Schema.Int,
  from: Schema.NullOr(Schema.String),
  unit: Schema.Literals(["day", "week", "month"]),
})

/** How many fields are listed. */
const listed = 100

// Rows that left or returned are counted where they were last seen as before: no later day is known.
const loadRecord = queryRow(
  Record,
  (sql) => sql`
    ${rowChanges(sql)}
    select count(*) filter (where status = 'recorded') as rows,
      to_char(min(first_seen) at time zone 'UTC', 'YYYY-MM-DD') as from,
      case
        when max(sorted_by) - min(sorted_by) > interval '3 years' then 'month'
        when max(sorted_by) - min(sorted_by) > interval '4 months' then 'week'
        else 'day'
      end as unit
    from change`,
)

const loadBars = (unit: (typeof Record.Type)["unit"]) =>
  queryRows(
    Bar,
    (sql) => sql`
      ${rowChanges(sql)}
      select to_char(date_trunc(${unit}, sorted_by at time zone 'UTC'), 'YYYY-MM-DD') as day,
        parse_version as "parseVersion", count(*) as rows
      from change where status <> 'recorded'
      group by 1, 2 order by 1, parse_version collate "C"`,
  )

/** What became of the wiki since it was first captured. */
export const loadWiki = Effect.gen(function* () {
  const record = yield* loadRecord
  const request = { target: null, entity: null, since: null, withRecorded: false, limit: listed }
  return { record, bars: yield* loadBars(record.unit), ...(yield* wikiChanges(request)) }
})

type Wiki = Effect.Success<typeof loadWiki>

const colours: Readonly<Record<Target, string>> = {
  slots: "var(--hue-5)",
  cards_list: "var(--hue-1)",
  bots: "var(--hue-2)",
  guardian_chips: "var(--hue-3)",
  ultimate_weapons: "var(--hue-4)",
}

const targetText = (target: Target | null): string =>
  target === null ? "read by older rules" : target.replaceAll("_", " ")

const targetOf = ({ parseVersion }: Bar): string => targetText(targetOfVersion(parseVersion))

const picture = ({ bars, record: { unit } }: Wiki): Html => {
  const names = [...targetNames, null].map((target) => ({
    name: targetText(target),
    colour: target === null ? "var(--faint)" : colours[target],
  }))
  const present = new Set(bars.map(targetOf))
  const shown = names.filter(({ name }) => present.has(name))
  const total = bars.reduce((sum, { rows }) => sum + rows, 0)
  const marks = bars.map((bar) => ({
    day: new Date(`${bar.day}T00:00:00Z`),
    rows: bar.rows,
    target: targetOf(bar),
    title: `${bar.day}: ${countOf(bar.rows, "row")} of ${targetOf(bar)}`,
  }))
  const first = marks[0]?.day ?? new Date(0)
  const last = marks.at(-1)?.day ?? new Date(0)
  const days = { day: 1, week: 7, month: 31 }[unit]
  // A single bar is not as wide as the page.
  const end = new Date(Math.max(last.getTime() + days * 864e5, first.getTime() + 14 * days * 864e5))
  return responsivePicture(
    {
      title: `Rows of the wiki’s tables that changed, by ${unit}`,
      label: `Bars: ${countOf(total, "row")} changed on ${countOf(new Set(bars.map(({ day }) => day)).size, unit)} between ${bars[0]?.day} and ${bars.at(-1)?.day}.`,
      text: `A bar is the number of rows that were added, changed or taken away, as they were first seen; its colours tell what they are about.`,
      legend: legend(shown.map(({ name, colour }) => ({ name, colour, shape: "square" }))),
    },
    () => ({
      ...{ height: 230, marginLeft: 44, marginTop: 30 },
      x: { type: "utc", domain: [first, end], label: null },
      y: { label: "rows", grid: true, tickSize: 0, tickFormat: "d", nice: true },
      color: {
        type: "ordinal",
        domain: shown.map(({ name }) => name),
        range: shown.map(({ colour }) => colour),
      },
      marks: [
        Plot.rectY(marks, {
          ...{ x: "day", y: "rows", interval: unit, fill: "target", title: "title" },
          order: shown.map(({ name }) => name),
        }),
        Plot.ruleY([0]),
      ],
    }),
  )
}

const when = ({ firstSeen, previousSeen }: FieldChange): Content =>
  firstSeen === null
    ? previousSeen === null
      ? "unknown"
      : ["after ", moment(previousSeen)]
    : moment(firstSeen)

const old = (change: FieldChange): Content =>
  change.previous === null || change.previous === ""
    ? html`<i>nothing</i>`
    : written(change.previous)

const next = (change: FieldChange): Content =>
  change.next === null || change.next === ""
    ? html`<i>${change.status === "deprecated" ? "gone" : "nothing"}</i>`
    : written(change.next)

const changesTable = ({ changes, hasMore }: Wiki): Html =>
  table<FieldChange>(
    hasMore
      ? `The newest ${listed} fields; wiki-history shows all`
      : "Field by field, newest first",
    [
      { name: "First seen (UTC)", cell: when },
      { name: "Page", cell: ({ pageUrl }) => link(pageUrl, written(pageTitle(pageUrl))) },
      {
        name: "Of",
        cell: ({ name, level }) => [
          written(name),
          level === null ? null : [", level ", written(level)],
        ],
      },
      { name: "Field", cell: ({ field }) => written(field) },
      { name: "Before", cell: old },
      { name: "Now", cell: next },
      {
        name: "Version",
        isNumeric: true,
        cell: ({ revision, diff }) =>
          revision === null ? "unknown" : link(diff, String(revision)),
      },
    ],
    changes,
    { stacks: true },
  )

/** What the wiki changed since it was first captured: by day, then field by field. */
export const wikiSection = (wiki: Wiki): Html => {
  const { rows, from } = wiki.record
  const since =
    from === null
      ? nothing("No page of the wiki has been read yet, so there is nothing to compare with.")
      : html`<p>The record begins on ${moment(from)}. ${countOf(rows, "row")} that stood in a table when it was first
read count as its beginning, not as changes.</p>`
  const shown =
    wiki.bars.length > 0
      ? [picture(wiki), changesTable(wiki)]
      : from === null
        ? null
        : nothing(
            "Nothing has changed on the wiki since. What a later fetch finds changed is shown here, by day and field by field.",
          )
  return section("wiki", "The wiki over time", since, shown)
}
