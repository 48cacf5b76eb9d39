-- Creates and updates levels of stored parameters. $1: a JSON array of objects.
insert into definitions.parameter_level (
  parameter_id, kind, level, value_raw, cost_raw, currency, source_wikidata_id
)
select
  parameter.id, kind, planned.level, planned."valueRaw", planned."costRaw", planned.currency,
  planned."sourceRowId"
from jsonb_to_recordset($1::text::jsonb) as planned (
  kind text, slug text, key text, level integer, "valueRaw" text, "costRaw" text, currency text,
  "sourceRowId" bigint
)
join definitions.definition using (kind, slug)
join definitions.parameter using (kind, key)
where parameter.definition_id = definition.id
on conflict (parameter_id, level) do update set
  value_raw = excluded.value_raw, cost_raw = excluded.cost_raw, currency = excluded.currency,
  source_wikidata_id = excluded.source_wikidata_id
