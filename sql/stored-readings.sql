-- The selected reports that this version of the reader has not read, oldest first, each with what
-- an earlier reading left. Where its mark is gone, the rows themselves are there to compare with.
-- $1, $2: patch window (dates, the end exclusive), each null for open. $3: how many of the newest
-- to select, null for all. $4: how the mark of this version begins.
declare stored_readings no scroll cursor for
select
  report.id,
  report.player_id as "playerId",
  report.raw_text as "rawText",
  to_char(report.parsed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "storedAt",
  progress.battle_report_id is not null as "hasProgress",
  metrics.battle_report_id is not null as "hasMetrics",
  progress.reading as mark,
  case when progress.reading is null then json_build_array(
    to_char(progress.battle_date at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    progress.tier, progress.wave, progress.real_time_seconds, progress.game_time_seconds,
    progress.killed_by, progress.coins_earned, progress.cash_earned, progress.interest_earned,
    progress.gem_blocks_tapped, progress.cells_earned, progress.reroll_shards_earned,
    progress.coins_earned_raw, progress.cash_earned_raw, progress.interest_earned_raw,
    progress.tournament_bracket
  )::text end as progress,
  case when progress.reading is null then metrics.values::text end as values,
  case when progress.reading is null then metrics.raw_values::text end as "rawValues",
  (select coalesce(string_agg(slug, ' '), '') from gamedata.run_bot
   where battle_report_id = report.id) as bots
from (
  select report.id
  from gamedata.battle_report as report
  left join gamedata.battle_report_progress as progress on battle_report_id = report.id
  where ($1::date is null
      or coalesce(battle_date, parsed_at) >= $1::date::timestamp at time zone 'UTC')
    and ($2::date is null
      or coalesce(battle_date, parsed_at) < $2::date::timestamp at time zone 'UTC')
  order by report.id desc
  limit $3::bigint
) as selected
join gamedata.battle_report as report using (id)
left join gamedata.battle_report_progress as progress on progress.battle_report_id = report.id
left join gamedata.battle_report_metrics as metrics on metrics.battle_report_id = report.id
where not starts_with(coalesce(progress.reading, ''), $4)
order by report.id
