-- Adds the bots used in runs. $1: a JSON array of [battle report, player, slug].
insert into gamedata.run_bot (battle_report_id, player_id, slug, definition_id)
select (entry ->> 0)::bigint, (entry ->> 1)::bigint, entry ->> 2, definition.id
from jsonb_array_elements($1::text::jsonb) as entry
join definitions.definition on kind = 'bot' and slug = entry ->> 2
