-- Writes what readings say about runs. $1: a JSON array of [battle report, player,
-- [columns], mark of the reading].
-- Preset, rank and, once the row exists, the tournament flag are set by hand: they stay.
insert into gamedata.battle_report_progress (
  battle_report_id, player_id, battle_date, tier, wave, real_time_seconds, game_time_seconds,
  killed_by, coins_earned, cash_earned, interest_earned, gem_blocks_tapped, cells_earned,
  reroll_shards_earned, coins_earned_raw, cash_earned_raw, interest_earned_raw,
  tournament_bracket, is_tournament, reading
)
select
  (entry ->> 0)::bigint, (entry ->> 1)::bigint, (field ->> 0)::timestamptz,
  (field ->> 1)::integer, (field ->> 2)::bigint, (field ->> 3)::bigint, (field ->> 4)::bigint,
  field ->> 5, (field ->> 6)::numeric, (field ->> 7)::numeric, (field ->> 8)::numeric,
  (field ->> 9)::numeric, (field ->> 10)::numeric, (field ->> 11)::numeric,
  field ->> 12, field ->> 13, field ->> 14, field ->> 15, field ->> 15 is not null,
  entry ->> 3
from jsonb_array_elements($1::text::jsonb) as entry, lateral (select entry -> 2) as reading (field)
on conflict (battle_report_id) do update set
  battle_date = excluded.battle_date, tier = excluded.tier, wave = excluded.wave,
  real_time_seconds = excluded.real_time_seconds, game_time_seconds = excluded.game_time_seconds,
  killed_by = excluded.killed_by, coins_earned = excluded.coins_earned,
  cash_earned = excluded.cash_earned, interest_earned = excluded.interest_earned,
  gem_blocks_tapped = excluded.gem_blocks_tapped, cells_earned = excluded.cells_earned,
  reroll_shards_earned = excluded.reroll_shards_earned,
  coins_earned_raw = excluded.coins_earned_raw, cash_earned_raw = excluded.cash_earned_raw,
  interest_earned_raw = excluded.interest_earned_raw,
  tournament_bracket = excluded.tournament_bracket, reading = excluded.reading
