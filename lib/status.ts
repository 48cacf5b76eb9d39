import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { notUnderstoodLines } from "./battle-reports/not-understood.ts"
import type { Sql, Statement } from "./database/database.ts"
import { queryRows, queryValue } from "./database/query.ts"
import { driftByEntity, rebuildBacklog } from "./definitions/rebuild.ts"
import { madeFromRows } from "./definitions/stored-definitions.ts"
import { playersOutOfStep } from "./player-state/sync.ts"
import { Facts, type Outcome } from "./terminal/report.ts"
import { targetOfVersion } from "./wiki/catalogue.ts"

const timestamp = "YYYY-MM-DD HH24:MI"

/** What to run on a database that has nothing of the wiki yet. */
export const firstFetch = "bun run rebuild-wiki-definitions --write"

const sections: readonly ((sql: Sql) => Statement)[] = [
  (sql) => sql`
    select 'schema' as area, max(version) as version,
      to_char(max(applied_at) at time zone 'UTC', ${timestamp}) as migrated_utc
    from towerstats.schema_migration`,
  (sql) => sql`
    select 'wiki' as area, parse_version, count(*) as revisions,
      count(*) filter (where id in (select id from definitions.latest_wiki_row)) as current_rows,
      to_char(max(last_seen) at time zone 'UTC', ${timestamp}) as last_fetch_utc
    from definitions.wiki_data group by parse_version order by parse_version`,
  (sql) => sql`
    select 'wiki' as area, 0 as revisions, 0 as current_rows, null as last_fetch_utc,
      ${`nothing was fetched yet; run \`${firstFetch}\``}::text as note
    where not exists (select from definitions.wiki_data)`,
  (sql) => sql`
    select 'definitions' as area, kind, count(*) as definitions,
      (select count(*) from definitions.parameter
        where parameter.kind = definition.kind) as parameters,
      (select count(*) from definitions.parameter_level
        where parameter_level.kind = definition.kind) as levels,
      (select to_char(min(last_seen) at time zone 'UTC', ${timestamp})
        from (${madeFromRows(sql)}) as sighting
        where sighting.kind = definition.kind) as oldest_since_utc
    from definitions.definition group by kind order by kind`,
  (sql) => sql`
    select 'players' as area,
      (select count(*) from player_state.account) as accounts,
      (select count(*) from player_state.player) as players,
      (select count(*) from player_state.progress) as progress_rows,
      (select count(*) from player_state.parameter_progress) as parameter_rows`,
  (sql) => sql`
    select 'reports' as area,
      (select count(*) from gamedata.battle_report) as stored,
      (select count(*) from gamedata.battle_report_progress) as parsed,
      (select count(*) from gamedata.battle_report_metrics) as with_metrics,
      (select count(*) from definitions.patch_boundary) as patch_boundaries`,
  (sql) => sql`
    select 'not understood' as area, kind, label, count(*) as reports, min(value) as example
    from (${notUnderstoodLines(sql)}) as line
    group by kind, label order by reports desc, kind, label limit 10`,
  (sql) => sql`
    select 'adoption' as area, source,
      to_char(finished_at at time zone 'UTC', ${timestamp}) as last_finished_utc,
      (select count(*) from towerstats.adopted_row) as rows_kept_aside
    from towerstats.adoption order by id desc limit 1`,
  (sql) => sql`
    select 'deploy' as area,
      to_char(started_at at time zone 'UTC', ${timestamp}) as last_started_utc,
      coalesce(to_char(finished_at at time zone 'UTC', ${timestamp}), 'unfinished') as finished_utc,
      (select string_agg(
          concat(step ->> 'step', ' ', step ->> 'outcome', ' (' || (step ->> 'reason') || ')'),
          ', ' order by position)
        from jsonb_array_elements(steps) with ordinality as listed (step, position)) as steps
    from towerstats.deploy_run order by id desc limit 1`,
]

// A stored row has the version of the rules it was read by; people know the target.
function withTarget({ area = null, ...facts }: Facts): Facts {
  return {
    area,
    target: targetOfVersion(String(facts.parse_version)),
    ...facts,
  }
}

/** What is in the database, on one screen. */
export const databaseStatus = Effect.map(
  Effect.forEach(sections, (section) => queryRows(Facts, section)),
  (rows): Outcome => ({
    units: rows.flat().map((row): Facts => (row.area === "wiki" ? withTarget(row) : row)),
    total: {},
    changes: 0,
  }),
)

const wasFetched = queryValue(
  Schema.Boolean,
  (sql) => sql`select exists (select from definitions.wiki_data) as value`,
)

/** What waits to be done: drift of each entity, and how much a rebuild and a sync would change. */
export const outstandingWork = Effect.gen(function* () {
  const { pending, drift: found } = yield* rebuildBacklog
  // A kind has no rows before the first fetch either, and that is no drift.
  const drift = (yield* wasFetched) ? found : []
  const backlog: Facts = {
    area: "backlog",
    rebuild_changes: pending,
    wiki_drift: drift.length,
    players_out_of_step: yield* playersOutOfStep,
  }
  return [...(yield* driftByEntity(drift)), backlog]
})
