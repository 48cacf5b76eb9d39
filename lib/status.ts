import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Sql, Statement } from "./database/database.ts"
import { queryRows } from "./database/query.ts"
import type { Facts, Outcome } from "./terminal/report.ts"
import { targetNames, targetRules } from "./wiki/catalogue.ts"

const Row = Schema.Record(
  Schema.String,
  Schema.Union([Schema.String, Schema.Number, Schema.Boolean, Schema.Null]),
)

const timestamp = "YYYY-MM-DD HH24:MI"

const sections: ReadonlyArray<(sql: Sql) => Statement> = [
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
    select 'definitions' as area, definition.kind, count(distinct definition.id) as definitions,
      count(distinct parameter.id) as parameters, count(parameter_level.id) as levels,
      to_char(least(min(of_definition.last_seen), min(of_level.last_seen)) at time zone 'UTC',
        ${timestamp}) as oldest_since_utc
    from definitions.definition
    left join definitions.parameter on definition_id = definition.id
    left join definitions.parameter_level on parameter_id = parameter.id
    left join definitions.wiki_data as of_definition
      on of_definition.id = definition.source_wikidata_id
    left join definitions.wiki_data as of_level on of_level.id = parameter_level.source_wikidata_id
    group by definition.kind order by definition.kind`,
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
    where not_understood is not null
    group by kind, label order by reports desc, kind, label limit 10`,
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

const targetsByVersion: ReadonlyMap<string, string> = new Map(
  targetNames.map((target) => [targetRules[target].parseVersion, target]),
)

// Rows tell by which rules they were read; people know the target.
const withTarget = ({ area = null, ...facts }: Facts): Facts => ({
  area,
  target: targetsByVersion.get(String(facts.parse_version)) ?? null,
  ...facts,
})

/** What is in the database, in one screen. */
export const databaseStatus = Effect.map(
  Effect.forEach(sections, (section) => queryRows(Row, section)),
  (rows): Outcome => ({
    units: rows.flat().map((row): Facts => (row.area === "wiki" ? withTarget(row) : row)),
    total: {},
    changes: 0,
  }),
)
