-- Adds the ultimate weapons used in runs. $1: a JSON array of [battle report, player, slug, role].
insert into gamedata.run_ultimate_weapon (battle_report_id, player_id, slug, role, definition_id)
select (entry ->> 0)::bigint, (entry ->> 1)::bigint, entry ->> 2, entry ->> 3, definition.id
from jsonb_array_elements($1::text::jsonb) as entry
join definitions.definition on kind = 'ultimate_weapon' and slug = entry ->> 2
