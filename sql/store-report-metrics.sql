-- Writes the metrics of many reports. $1 to $4: one line for each report with its id, its player's
-- id, its values and its raw values; lines are much faster to take apart than one JSON document.
insert into gamedata.battle_report_metrics (battle_report_id, player_id, values, raw_values)
select id::bigint, player_id::bigint, values::jsonb, raw_values::jsonb
from rows from (
  string_to_table($1::text, E'\n'),
  string_to_table($2::text, E'\n'),
  string_to_table($3::text, E'\n'),
  string_to_table($4::text, E'\n')
) as reading (id, player_id, values, raw_values)
on conflict (battle_report_id) do update set
  values = excluded.values, raw_values = excluded.raw_values
