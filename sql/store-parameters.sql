-- Creates and updates parameters of stored definitions. $1: a JSON array of objects.
insert into definitions.parameter (definition_id, kind, key, display_name, unit_kind)
select definition.id, kind, planned.key, planned."displayName", planned."unitKind"
from jsonb_to_recordset($1::text::jsonb) as planned (
  kind text, slug text, key text, "displayName" text, "unitKind" text
)
join definitions.definition using (kind, slug)
on conflict (definition_id, key) do update set
  display_name = excluded.display_name, unit_kind = excluded.unit_kind
