import type { Maintenance } from "./commands.ts"

// What the wiki says of each entity of each section.
const wiki = `
  select distinct on (page_url, source_section, parse_version, entity_id)
    concat_ws(' ', page_url, source_section, parse_version, entity_id) as key,
    concat_ws(' ', content_hash, deprecated) as value
  from definitions.wiki_data
  order by page_url, source_section, parse_version, entity_id, last_seen desc, id desc`

const definitions = `
  select 'definition ' || id as key, (to_jsonb(definition) - 'source_wikidata_id')::text as value
  from definitions.definition
  union all select 'parameter ' || id, to_jsonb(parameter)::text from definitions.parameter
  union all select 'level ' || id, (to_jsonb(stored) - 'source_wikidata_id')::text
    from definitions.parameter_level as stored`

const links = `
  select 'progress ' || id as key, concat(definition_id) as value from player_state.progress
  union all select concat_ws(' ', 'level', progress_id, key), concat(parameter_id)
    from player_state.parameter_progress
  union all select concat_ws(' ', 'bot', battle_report_id, slug), concat(definition_id)
    from gamedata.run_bot
  union all select concat_ws(' ', 'weapon', battle_report_id, slug, role), concat(definition_id)
    from gamedata.run_ultimate_weapon
  union all select concat_ws(' ', 'chip', battle_report_id, slug), concat(definition_id)
    from gamedata.run_guardian_chip`

// What is derived from each report.
const readings = `
  select report.id::text as key,
    concat_ws(' ', to_jsonb(progress) - array['read_by', 'progress_digest', 'metrics_digest'], to_jsonb(metrics), (
      select jsonb_agg(slug order by slug) from gamedata.run_bot
      where battle_report_id = report.id)) as value
  from gamedata.battle_report as report
  left join gamedata.battle_report_progress as progress on progress.battle_report_id = report.id
  left join gamedata.battle_report_metrics as metrics on metrics.battle_report_id = report.id`

const magnitudes = "select 'unit ' || id as key, '' as value from definitions.unit"

// A run that was there before may get another preset, or the tournament flag.
const imported = `
  select 'report ' || report.id as key, concat_ws(' ', preset_id, is_tournament) as value
  from gamedata.battle_report as report
  left join gamedata.battle_report_progress on battle_report_id = report.id
  union all select 'player ' || id, '' from player_state.player
  union all select 'preset ' || id, '' from player_state.preset`

/** What each command counts as its changes: a query for keys, with the value that may change. */
export const countedRows: Readonly<Record<Maintenance["command"], string>> = {
  fetch: wiki,
  rebuild: `(${wiki}) union all ${definitions}`,
  purge: definitions,
  sync: links,
  reparse: `${readings} union all ${magnitudes}`,
  import: `${imported} union all ${magnitudes}`,
}
