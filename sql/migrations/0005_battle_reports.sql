-- Battle reports as players pasted them, and what the reader made of them.
create schema if not exists gamedata;

create table gamedata.battle_report (
  player_id bigint not null references player_state.player,
  id bigint generated always as identity,
  raw_text text not null check (octet_length(raw_text) <= 262144),
  checksum text not null check (checksum ~ '^[0-9a-f]{64}$'),
  parsed_at timestamptz not null default now(),
  primary key (player_id, id),
  unique (player_id, checksum)
);
-- The newest reports of all players, and one whose number is all that is known.
create index battle_report_id on gamedata.battle_report (id);

create table gamedata.battle_report_progress (
  player_id bigint not null,
  battle_report_id bigint not null,
  battle_date timestamptz,
  tier integer check (tier > 0),
  wave bigint check (wave >= 0),
  real_time_seconds bigint check (real_time_seconds >= 0),
  game_time_seconds bigint check (game_time_seconds >= 0),
  killed_by text,
  coins_earned numeric,
  cash_earned numeric,
  interest_earned numeric,
  gem_blocks_tapped numeric,
  cells_earned numeric,
  reroll_shards_earned numeric,
  coins_earned_raw text,
  cash_earned_raw text,
  interest_earned_raw text,
  tournament_bracket text,
  -- What the report says that the reader does not understand; null when it understands all of it.
  not_understood jsonb,
  -- Which reader wrote what is derived from this report, null when unknown, and digests of it.
  read_by text,
  progress_digest text,
  metrics_digest text,
  -- Set by hand or at import; no reparse touches what follows.
  preset_id bigint,
  preset_name text,
  preset_colour text,
  is_tournament boolean not null default false,
  tournament_rank text
    check (tournament_rank in ('copper', 'silver', 'gold', 'platinum', 'champions', 'legends')),
  is_hidden boolean not null default false,
  is_dissonance boolean not null default false,
  dissonance_type text check (dissonance_type <> ''),
  dissonance_levels jsonb check (jsonb_typeof(dissonance_levels) = 'object'),
  primary key (player_id, battle_report_id),
  foreign key (player_id, battle_report_id) references gamedata.battle_report (player_id, id) on delete cascade,
  foreign key (player_id, preset_id) references player_state.preset (player_id, id)
    on delete set null (preset_id)
);
create index battle_report_not_understood on gamedata.battle_report_progress (player_id, battle_report_id)
  where not_understood is not null;
-- Deleting a preset looks for the runs that were played with it.
create index battle_report_progress_preset on gamedata.battle_report_progress (player_id, preset_id)
  where preset_id is not null;

create table gamedata.battle_report_metrics (
  player_id bigint not null,
  battle_report_id bigint not null,
  values jsonb not null check (jsonb_typeof(values) = 'object'),
  raw_values jsonb not null check (jsonb_typeof(raw_values) = 'object'),
  primary key (player_id, battle_report_id),
  foreign key (player_id, battle_report_id) references gamedata.battle_report (player_id, id) on delete cascade
);

-- lz4 packs the metrics in a fifth of the time of the default; not every server is built with it.
do $$
begin
  alter table gamedata.battle_report_metrics
    alter column values set compression lz4, alter column raw_values set compression lz4;
exception when feature_not_supported then
  null;
end
$$;

-- Bots, weapons and chips used in a run keep their slug when a purge takes the definition.
create table gamedata.run_bot (
  player_id bigint not null,
  battle_report_id bigint not null,
  kind definitions.definition_kind not null default 'bot' check (kind = 'bot'),
  slug text not null,
  definition_id bigint,
  notes text not null default '',
  primary key (player_id, battle_report_id, slug),
  foreign key (player_id, battle_report_id) references gamedata.battle_report (player_id, id) on delete cascade,
  foreign key (definition_id, kind, slug) references definitions.definition (id, kind, slug)
    on delete set null (definition_id)
);
create index run_bot_definition on gamedata.run_bot (definition_id);

create table gamedata.run_ultimate_weapon (
  player_id bigint not null,
  battle_report_id bigint not null,
  kind definitions.definition_kind not null default 'ultimate_weapon' check (kind = 'ultimate_weapon'),
  slug text not null,
  -- Unknown where the report lists the weapon without saying.
  role text not null check (role in ('combat', 'utility', 'unknown')),
  definition_id bigint,
  notes text not null default '',
  primary key (player_id, battle_report_id, slug, role),
  foreign key (player_id, battle_report_id) references gamedata.battle_report (player_id, id) on delete cascade,
  foreign key (definition_id, kind, slug) references definitions.definition (id, kind, slug)
    on delete set null (definition_id)
);
create index run_ultimate_weapon_definition on gamedata.run_ultimate_weapon (definition_id);

create table gamedata.run_guardian_chip (
  player_id bigint not null,
  battle_report_id bigint not null,
  kind definitions.definition_kind not null default 'guardian_chip' check (kind = 'guardian_chip'),
  slug text not null,
  definition_id bigint,
  notes text not null default '',
  primary key (player_id, battle_report_id, slug),
  foreign key (player_id, battle_report_id) references gamedata.battle_report (player_id, id) on delete cascade,
  foreign key (definition_id, kind, slug) references definitions.definition (id, kind, slug)
    on delete set null (definition_id)
);
create index run_guardian_chip_definition on gamedata.run_guardian_chip (definition_id);

-- Whoever else changes what a reader derived takes the reader's mark off, so that the next reparse
-- looks at the report again.
create function gamedata.unmark_progress() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.read_by := null;
  return new;
end
$$;
create trigger unmark_progress before update on gamedata.battle_report_progress
  for each row when (
    new.read_by is not distinct from old.read_by and (
      new.battle_date, new.tier, new.wave, new.real_time_seconds, new.game_time_seconds,
      new.killed_by, new.coins_earned, new.cash_earned, new.interest_earned, new.gem_blocks_tapped,
      new.cells_earned, new.reroll_shards_earned, new.coins_earned_raw, new.cash_earned_raw,
      new.interest_earned_raw, new.tournament_bracket, new.not_understood
    ) is distinct from (
      old.battle_date, old.tier, old.wave, old.real_time_seconds, old.game_time_seconds,
      old.killed_by, old.coins_earned, old.cash_earned, old.interest_earned, old.gem_blocks_tapped,
      old.cells_earned, old.reroll_shards_earned, old.coins_earned_raw, old.cash_earned_raw,
      old.interest_earned_raw, old.tournament_bracket, old.not_understood
    )
  ) execute function gamedata.unmark_progress();

-- Takes it off the report of a reading, off a report, off those of a player, or off all, as its argument
-- says. The table's name would not do: of a partitioned table it is that of the partition.
create function gamedata.unmark() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  case tg_argv[0]
    when 'reading' then
      update gamedata.battle_report_progress set read_by = null
      where player_id = old.player_id and battle_report_id = old.battle_report_id and read_by is not null;
    when 'report' then
      update gamedata.battle_report_progress set read_by = null
      where player_id = old.player_id and battle_report_id = old.id and read_by is not null;
    when 'player' then
      update gamedata.battle_report_progress set read_by = null
      where player_id = old.id and read_by is not null;
    when 'all' then
      update gamedata.battle_report_progress set read_by = null where read_by is not null;
  end case;
  return null;
end
$$;

create trigger unmark after update or delete on gamedata.battle_report_metrics
  for each row when (not towerstats.is_maintenance()) execute function gamedata.unmark('reading');
create trigger unmark after delete or update of battle_report_id, slug on gamedata.run_bot
  for each row when (not towerstats.is_maintenance()) execute function gamedata.unmark('reading');

-- What was emptied as a whole is to be derived again, as after the deletion of single rows.
create trigger unmark_all after truncate on gamedata.battle_report_metrics
  for each statement execute function gamedata.unmark('all');
create trigger unmark_all after truncate on gamedata.run_bot
  for each statement execute function gamedata.unmark('all');

-- A text that was put right, or moved to another patch, is to be read again.
create trigger unmark after update on gamedata.battle_report
  for each row when (
    (new.raw_text, new.parsed_at) is distinct from (old.raw_text, old.parsed_at)
  ) execute function gamedata.unmark('report');

-- Dates are computed in the player's time zone.
create trigger unmark after update on player_state.player
  for each row when (new.time_zone is distinct from old.time_zone)
  execute function gamedata.unmark('player');

create trigger no_deletion before delete or truncate on gamedata.battle_report
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
create trigger no_deletion before delete or truncate on gamedata.battle_report_progress
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
create trigger no_deletion before delete or truncate on gamedata.battle_report_metrics
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
create trigger no_deletion before delete or truncate on gamedata.run_bot
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
create trigger no_deletion before delete or truncate on gamedata.run_ultimate_weapon
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
create trigger no_deletion before delete or truncate on gamedata.run_guardian_chip
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
