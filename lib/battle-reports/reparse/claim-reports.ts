import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { queryRows } from "../../database/query.ts"
import type { ReportState } from "./stored-reports.ts"

const Claimed = Schema.Struct({ id: Schema.Int })

// Nobody can add rows to a report that is locked so, because their foreign keys lock it too. What is
// gone through after this has the rows that were added before.
const claimTexts = (reports: readonly ReportState[]) => {
  const given = reports.map(({ id, playerId, timeZone, reportVersion }) => ({
    id,
    player_id: playerId,
    zone: timeZone,
    version: reportVersion,
  }))
  return queryRows(
    Claimed,
    (sql) => sql`
      select report.id
      from json_to_recordset(${JSON.stringify(given)}::text::json)
        as given (player_id bigint, id bigint, zone text, version text)
      join lateral (
        select from player_state.player where id = given.player_id and time_zone = zone
        for share skip locked
      ) as player on true
      join lateral (
        select id from gamedata.battle_report
        where player_id = given.player_id and id = given.id and xmin::text = version
        for update skip locked
      ) as report on true`,
  )
}

const claimDerivedRows = (reports: readonly ReportState[]) => {
  const given = reports.map(({ id, playerId, progressVersion, metricsVersion, bots }) => ({
    id,
    player_id: playerId,
    progress: progressVersion,
    metrics: metricsVersion,
    bots,
  }))
  return queryRows(
    Claimed,
    (sql) => sql`
      with given as materialized (
        select * from json_to_recordset(${JSON.stringify(given)}::text::json)
          as given (player_id bigint, id bigint, progress text, metrics text, bots text)
      ), progress as materialized (
        select given.id
        from given join gamedata.battle_report_progress as row
          on row.player_id = given.player_id and row.battle_report_id = given.id
        where row.xmin::text = given.progress
        for update of row skip locked
      ), metrics as materialized (
        select given.id
        from given join gamedata.battle_report_metrics as row
          on row.player_id = given.player_id and row.battle_report_id = given.id
        where row.xmin::text = given.metrics
        for update of row skip locked
      ), bot as materialized (
        select given.id, bots, slug
        from given join gamedata.run_bot as row
          on row.player_id = given.player_id and row.battle_report_id = given.id
        for key share of row skip locked
      ), as_read as (
        select id from progress
        union all select id from given where progress is null and not exists (
          select from gamedata.battle_report_progress as row
          where row.player_id = given.player_id and row.battle_report_id = given.id)
        union all select id from metrics
        union all select id from given where metrics is null and not exists (
          select from gamedata.battle_report_metrics as row
          where row.player_id = given.player_id and row.battle_report_id = given.id)
        union all select id from bot
          group by id, bots having string_agg(slug, ' ' order by slug) = bots
        union all select id from given where bots = '' and not exists (
          select from gamedata.run_bot as row
          where row.player_id = given.player_id and row.battle_report_id = given.id)
      )
      select id from as_read group by id having count(*) = 3`,
  )
}

/**
 * Locks reports with all that is derived from them until the transaction ends, and returns the ids of
 * those that are still as they were read. It waits for nobody: what another session holds locked is not
 * among them, and neither is what another has changed since. The transaction must be one whose
 * statements see what is there when they begin.
 */
export const claimReports = (reports: readonly ReportState[]) =>
  reports.length === 0
    ? Effect.succeed<ReadonlySet<number>>(new Set())
    : Effect.map(
        Effect.all([claimTexts(reports), claimDerivedRows(reports)], { concurrency: 2 }),
        ([texts, derivedRows]): ReadonlySet<number> =>
          new Set(texts.map(({ id }) => id)).intersection(new Set(derivedRows.map(({ id }) => id))),
      )
