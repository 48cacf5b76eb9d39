import * as Schema from "effect/Schema"
import type { Sql } from "../../database/database.ts"
import { queryRow, queryRows } from "../../database/query.ts"
import { PatchWindow } from "../patches.ts"
import { summaryColumns } from "../reader/summary-columns.ts"
import { isInShard, Shard } from "./shard.ts"

/** Which stored reports to read: the newest `limit` of those in the window; null means all. */
export const Selection = Schema.Struct({
  window: Schema.NullOr(PatchWindow),
  limit: Schema.NullOr(Schema.Int),
  /** The players whose reports they are. */
  shard: Schema.NullOr(Shard),
})
export type Selection = typeof Selection.Type

/** Where a report is: reports are gone through player by player, the oldest of each first. */
export const ReportKey = Schema.Struct({ playerId: Schema.Int, id: Schema.Int })
export type ReportKey = typeof ReportKey.Type

/** Before all reports. */
export const beginning: ReportKey = { playerId: 0, id: 0 }

// The day of a run is that of its battle date, or of storing a report that has none. A report with a
// date that cannot be read is in no window.
const isInWindow = (sql: Sql, { window }: Selection) => {
  if (window === null) return sql`true`
  const { from, until } = window
  const date = sql`case when not_understood ->> 'date' is null then coalesce(battle_date, parsed_at) end`
  return sql`(${from}::date is null or ${date} >= ${from}::date::timestamp at time zone 'UTC')
    and (${until}::date is null or ${date} < ${until}::date::timestamp at time zone 'UTC')`
}

// For going through all reports: decided once for each player, of whom there are fewer.
const isOfSelectedPlayer = (sql: Sql, { shard }: Selection) =>
  shard === null
    ? sql`true`
    : sql`report.player_id in (
        select id from player_state.player where ${isInShard(sql, "player.id", shard)})`

/**
 * How many reports a selection has, and between which ids they are. What the site stores meanwhile is
 * beyond them, so that a reparse comes to an end however busy the site is.
 */
export const Extent = Schema.Struct({
  reports: Schema.Int,
  /** Null where no report is left out: given a bound, the server may look reports up by it, not by their key. */
  lowest: Schema.NullOr(Schema.Int),
  highest: Schema.NullOr(Schema.Int),
})
export type Extent = typeof Extent.Type

/** The extent of a selection as it is now. */
export const extentOf = (selection: Selection) =>
  queryRow(
    Extent,
    (sql) => sql`
      select count(*) as reports, max(id) as highest,
        ${selection.limit === null && selection.window === null ? sql`null` : sql`min(id)`} as lowest
      from (
        select report.id
        from gamedata.battle_report as report
        left join gamedata.battle_report_progress as progress
          on progress.player_id = report.player_id and battle_report_id = report.id
        where ${isInWindow(sql, selection)} and ${isOfSelectedPlayer(sql, selection)}
        order by report.id desc
        limit ${selection.limit}::bigint
      ) as selected`,
  )

const Marked = Schema.Struct({
  reports: Schema.Int,
  unknown_labels: Schema.Int,
  unreadable_values: Schema.Int,
  unreadable_dates: Schema.Int,
})
/** How many reports are read already, and how much of them was not understood. */
export type Marked = typeof Marked.Type

const Slice = Schema.Struct({
  marked: Marked,
  unread: Schema.Array(ReportKey),
  last: Schema.NullOr(ReportKey),
})
/** Some reports, one after the other: how many `version` of the reader has read, and which not. */
export type Slice = typeof Slice.Type

// So many keys are found in a few milliseconds, whatever is to be done with them.
const slice = 5_000

// Rows are looked up by their whole keys, one by one: `offset 0` keeps the server from joining the tables.
// By the player alone, as it does while its counts are old, each report takes as long as the player has
// reports; and a hash join reads a whole table for each slice.

/** The next reports of a selection after `position`; `last` is null when there are none. */
export const nextSlice = (
  selection: Selection,
  { lowest, highest }: Extent,
  version: string,
  position: ReportKey,
) =>
  queryRow(
    Slice,
    (sql) => sql`
      with slice as materialized (
        select player_id, id${selection.window === null ? sql`` : sql`, parsed_at`}
        from gamedata.battle_report as report
        where (player_id, id) > (${position.playerId}::bigint, ${position.id}::bigint)
          and id <= ${highest}::bigint
          and ${lowest === null ? sql`true` : sql`id >= ${lowest}::bigint`}
          and ${selection.shard === null ? sql`true` : isInShard(sql, "report.player_id", selection.shard)}
        order by player_id, id
        limit ${slice}::bigint
      ), selected as (
        select slice.player_id, slice.id, read_by is not distinct from ${version} as is_marked,
          not_understood
        from slice
        left join lateral (
          select read_by, not_understood, battle_date from gamedata.battle_report_progress
          where player_id = slice.player_id and battle_report_id = slice.id
          offset 0
        ) as progress on true
        where ${isInWindow(sql, selection)}
      )
      select
        (select jsonb_build_object(
            'reports', count(*),
            'unknown_labels', coalesce(sum(jsonb_array_length(not_understood -> 'labels')), 0),
            'unreadable_values', coalesce(sum(jsonb_array_length(not_understood -> 'values')), 0),
            'unreadable_dates', count(not_understood ->> 'date'))
          from selected where is_marked) as marked,
        (select coalesce(jsonb_agg(jsonb_build_object('playerId', player_id, 'id', id) order by player_id, id), '[]')
          from selected where not is_marked) as unread,
        (select jsonb_build_object('playerId', player_id, 'id', id)
          from slice order by player_id desc, id desc limit 1) as last`,
  )

const StoredReport = Schema.Struct({
  id: Schema.Int,
  playerId: Schema.Int,
  timeZone: Schema.String,
  rawText: Schema.String,
  storedAt: Schema.String,
  summaryDigest: Schema.NullOr(Schema.String),
  metricsDigest: Schema.NullOr(Schema.String),
  summary: Schema.NullOr(Schema.String),
  values: Schema.NullOr(Schema.String),
  rawValues: Schema.NullOr(Schema.String),
  bots: Schema.String,
  /** Which versions of the rows these are; null where there is no row. */
  reportVersion: Schema.String,
  progressVersion: Schema.NullOr(Schema.String),
  metricsVersion: Schema.NullOr(Schema.String),
})
/** A stored report, with what an earlier reading left in the tables. */
export type StoredReport = typeof StoredReport.Type

/** In which state a report and what is derived from it were when it was fetched. */
export type ReportState = Pick<
  StoredReport,
  "id" | "playerId" | "timeZone" | "bots" | "reportVersion" | "progressVersion" | "metricsVersion"
>

const columns = summaryColumns.map(({ name }) => `progress.${name}`)

/** The reports with these keys, in the order in which reports are gone through; one that is gone is left out. */
export const reportsWith = (keys: readonly ReportKey[]) =>
  queryRows(
    StoredReport,
    // Where the reader's mark is gone, the rows themselves are there to compare with.
    (sql) => sql`
      select
        report.id, report.player_id as "playerId",
        (select time_zone from player_state.player where id = report.player_id) as "timeZone",
        report.raw_text as "rawText",
        to_char(report.parsed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "storedAt",
        case when read_by is not null then progress_digest end as "summaryDigest",
        case when read_by is not null then metrics_digest end as "metricsDigest",
        case when read_by is null and progress.battle_report_id is not null
          then (select to_jsonb(own)::text from (select ${sql(columns)}) as own) end as summary,
        case when read_by is null then metrics.values::text end as values,
        case when read_by is null then metrics.raw_values::text end as "rawValues",
        (select coalesce(string_agg(slug, ' ' order by slug), '') from gamedata.run_bot
         where player_id = report.player_id and battle_report_id = report.id) as bots,
        report.version as "reportVersion", progress.version as "progressVersion",
        metrics.version as "metricsVersion"
      from json_to_recordset(${JSON.stringify(keys)}::text::json)
        as given ("playerId" bigint, id bigint)
      join lateral (
        select *, xmin::text as version from gamedata.battle_report
        where player_id = given."playerId" and id = given.id
        offset 0
      ) as report on true
      left join lateral (
        select *, xmin::text as version from gamedata.battle_report_progress
        where player_id = report.player_id and battle_report_id = report.id
        offset 0
      ) as progress on true
      left join lateral (
        select *, xmin::text as version from gamedata.battle_report_metrics
        where player_id = report.player_id and battle_report_id = report.id
        offset 0
      ) as metrics on true
      order by report.player_id, report.id`,
  )
