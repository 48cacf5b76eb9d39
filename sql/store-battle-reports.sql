-- Stores battle reports of player $1. $2: a JSON array of [checksum, text].
insert into gamedata.battle_report (player_id, checksum, raw_text)
select $1::bigint, entry ->> 0, entry ->> 1
from jsonb_array_elements($2::text::jsonb) with ordinality as given (entry, position)
order by position
returning
  id, checksum,
  to_char(parsed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "storedAt"
