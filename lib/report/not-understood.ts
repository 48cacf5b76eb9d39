import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { notUnderstoodLines } from "../battle-reports/not-understood.ts"
import { queryRows } from "../database/query.ts"
import {
  count,
  countOf,
  type Html,
  html,
  moment,
  nothing,
  section,
  table,
  written,
} from "./html.ts"

const Line = Schema.Struct({
  kind: Schema.String,
  label: Schema.String,
  reports: Schema.Int,
  since: Schema.String,
})
type Line = typeof Line.Type

const listed = 200

// A report whose date cannot be read is of the day on which it was stored.
const loadLines = queryRows(
  Line,
  (sql) => sql`
    select kind, label, count(*) as reports,
      to_char(min(coalesce(battle_date, parsed_at)) at time zone 'UTC', 'YYYY-MM-DD') as since
    from (${notUnderstoodLines(sql)}) as line
    join gamedata.battle_report as report
      on report.player_id = line.player_id and report.id = line.battle_report_id
    group by kind, label
    order by reports desc, kind collate "C", label collate "C"
    limit ${listed + 1}`,
)

const loadSuffixes = queryRows(
  Schema.Struct({ symbol: Schema.String }),
  (sql) => sql`
    select symbol from definitions.unit where kind = 'unknown' order by symbol collate "C"`,
)

/** What reports say that the reader does not know, the commonest first. */
export const loadNotUnderstood = Effect.all({ lines: loadLines, suffixes: loadSuffixes })

type NotUnderstood = Effect.Success<typeof loadNotUnderstood>

const suffixList = (suffixes: NotUnderstood["suffixes"]): Html | null =>
  suffixes.length === 0
    ? null
    : html`<p>Number suffixes that are not on the game’s scale: ${suffixes.map(({ symbol }, at) => [
        at === 0 ? null : ", ",
        written(symbol),
      ])}.</p>`

/** What the reader does not know yet: labels, values, dates and number suffixes. */
export const notUnderstoodSection = ({ lines, suffixes }: NotUnderstood): Html =>
  section(
    "unknown",
    "What the reader does not know yet",
    html`<p>Nothing here is lost: reports are kept as they were pasted, and are read again when the reader has
learnt a label. Until then these lines are in no figure above.</p>`,
    lines.length === 0
      ? nothing("Every line of every report that was read is understood.")
      : table<Line>(
          lines.length > listed
            ? `The ${countOf(listed, "commonest line")}; there are more`
            : countOf(lines.length, "line"),
          [
            { name: "What", cell: ({ kind }) => kind },
            { name: "Label", cell: ({ label }) => written(label) },
            { name: "Reports", isNumeric: true, cell: ({ reports }) => count(reports) },
            { name: "Since", cell: ({ since }) => moment(since) },
          ],
          lines.slice(0, listed),
          { stacks: true },
        ),
    suffixList(suffixes),
  )
