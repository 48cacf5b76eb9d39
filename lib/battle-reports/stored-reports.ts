import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { Sql } from "../database/database.ts"
import { execute, queryRows, queryValue } from "../database/query.ts"
import type { PatchWindow } from "./patches.ts"
import { summaryColumns } from "./reader/summary-columns.ts"

/** Which stored reports to read: the newest `limit` of those in the window; null means all. */
export interface Selection {
  readonly window: PatchWindow | null
  readonly limit: number | null
}

const StoredReport = Schema.Struct({
  id: Schema.Int,
  playerId: Schema.Int,
  timeZone: Schema.String,
  rawText: Schema.String,
  storedAt: Schema.String,
  hasProgress: Schema.Boolean,
  hasMetrics: Schema.Boolean,
  summaryDigest: Schema.NullOr(Schema.String),
  metricsDigest: Schema.NullOr(Schema.String),
  summary: Schema.NullOr(Schema.String),
  values: Schema.NullOr(Schema.String),
  rawValues: Schema.NullOr(Schema.String),
  bots: Schema.String,
})
/** A stored report, with what an earlier reading left in the tables. */
export type StoredReport = typeof StoredReport.Type

/** How many reports are read at a time: set-based statements pay, and a few batches fit anywhere. */
export const reparsedPerBatch = 250

// The day of a run is that of its battle date, or of storing a report that has none. A report with a
// date that cannot be read is in no window.
const selected = (sql: Sql, { window, limit }: Selection) => {
  const from = window?.from ?? null
  const until = window?.until ?? null
  const date = sql`case when not_understood ->> 'date' is null then coalesce(battle_date, parsed_at) end`
  return sql`
    select report.player_id, report.id
    from gamedata.battle_report as report
    left join gamedata.battle_report_progress as progress
      on progress.player_id = report.player_id and progress.battle_report_id = report.id
    where (${from}::date is null or ${date} >= ${from}::date::timestamp at time zone 'UTC')
      and (${until}::date is null or ${date} < ${until}::date::timestamp at time zone 'UTC')
    order by report.id desc
    limit ${limit}::bigint`
}

/** How many reports a selection has. */
export const countStoredReports = (selection: Selection) =>
  queryValue(
    Schema.Int,
    (sql) => sql`select count(*) as value from (${selected(sql, selection)}) as selected`,
  )

const cursor = "stored_readings"

const columns = summaryColumns.map(({ name }) => `progress.${name}`)

// Where the reader's mark is gone, the rows themselves are there to compare with.
const openCursor = (selection: Selection, version: string) =>
  execute(
    (sql) => sql`
      declare ${sql(cursor)} no scroll cursor for
      select
        report.id, report.player_id as "playerId", time_zone as "timeZone",
        report.raw_text as "rawText",
        to_char(report.parsed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "storedAt",
        progress.battle_report_id is not null as "hasProgress",
        metrics.battle_report_id is not null as "hasMetrics",
        case when read_by is not null then progress_digest end as "summaryDigest",
        case when read_by is not null then metrics_digest end as "metricsDigest",
        case when read_by is null and progress.battle_report_id is not null
          then (select to_jsonb(own)::text from (select ${sql(columns)}) as own) end as summary,
        case when read_by is null then metrics.values::text end as values,
        case when read_by is null then metrics.raw_values::text end as "rawValues",
        (select coalesce(string_agg(slug, ' '), '') from gamedata.run_bot
         where player_id = report.player_id and battle_report_id = report.id) as bots
      from (${selected(sql, selection)}) as selected
      join gamedata.battle_report as report using (player_id, id)
      join player_state.player on player.id = report.player_id
      left join gamedata.battle_report_progress as progress
        on progress.player_id = report.player_id and progress.battle_report_id = report.id
      left join gamedata.battle_report_metrics as metrics
        on metrics.player_id = report.player_id and metrics.battle_report_id = report.id
      where read_by is distinct from ${version}
      order by report.player_id, report.id`,
  )

const fetchBatch = queryRows(
  StoredReport,
  (sql) => sql`fetch ${sql.unsafe(String(reparsedPerBatch))} from ${sql(cursor)}`,
)

/**
 * Those of the selected reports that `version` of the reader has not read, player by player, in batches
 * from a cursor of the open transaction. One batch is fetched ahead while the last is worked on.
 */
export const unreadReports = (selection: Selection, version: string) =>
  Stream.fromEffect(openCursor(selection, version)).pipe(
    Stream.flatMap(() => Stream.fromEffectRepeat(fetchBatch)),
    Stream.takeWhile((batch) => batch.length > 0),
    Stream.buffer({ capacity: 1 }),
  )
