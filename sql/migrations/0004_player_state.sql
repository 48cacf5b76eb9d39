-- What belongs to players. Each key of theirs begins with player_id, so that the tables can be distributed
-- or partitioned by it; account and player stay whole.
create schema if not exists player_state;

create table player_state.account (
  id bigint generated always as identity primary key,
  username text not null unique check (username <> '')
);

create table player_state.player (
  id bigint generated always as identity primary key,
  account_id bigint not null unique references player_state.account,
  display_name text not null check (display_name <> ''),
  -- An IANA name: the zone whose wall clock the dates of the player's battle reports show.
  time_zone text not null default 'UTC' check (time_zone <> ''),
  card_slots_unlocked integer not null default 0 check (card_slots_unlocked >= 0),
  guardian_chip_slots_unlocked integer not null default 0 check (guardian_chip_slots_unlocked >= 0),
  created_at timestamptz not null default now()
);

-- The level that a player wants to reach.
create table player_state.goal (
  player_id bigint not null references player_state.player on delete cascade,
  kind definitions.definition_kind not null,
  slug text not null,
  key definitions.parameter_key not null,
  target_level integer not null check (target_level >= 0),
  label text not null default '',
  notes text not null default '',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (player_id, kind, slug, key)
);

create table player_state.preset (
  player_id bigint not null references player_state.player,
  id bigint generated always as identity,
  name text not null check (name <> ''),
  colour text not null default '',
  notes text not null default '',
  created_at timestamptz not null default now(),
  primary key (player_id, id),
  unique (player_id, name)
);

create table player_state.progress (
  player_id bigint not null references player_state.player on delete cascade,
  id bigint generated always as identity,
  kind definitions.definition_kind not null,
  slug text not null,
  definition_id bigint,
  unlocked boolean not null default false,
  active boolean not null default false,
  inventory_count integer not null default 0 check (inventory_count >= 0),
  stars_unlocked integer not null default 0 check (stars_unlocked >= 0),
  notes text not null default '',
  updated_at timestamptz not null default now(),
  primary key (player_id, id),
  unique (player_id, kind, slug),
  foreign key (definition_id, kind, slug) references definitions.definition (id, kind, slug)
    on delete set null (definition_id),
  constraint only_unlocked_chips_are_active check (not active or (unlocked and kind = 'guardian_chip'))
);
create index progress_definition on player_state.progress (definition_id);

create table player_state.parameter_progress (
  player_id bigint not null,
  progress_id bigint not null,
  key definitions.parameter_key not null,
  parameter_id bigint,
  level integer not null default 0 check (level >= 0),
  updated_at timestamptz not null default now(),
  primary key (player_id, progress_id, key),
  foreign key (player_id, progress_id) references player_state.progress (player_id, id) on delete cascade,
  foreign key (parameter_id, key) references definitions.parameter (id, key)
    on delete set null (parameter_id)
);
create index parameter_progress_parameter on player_state.parameter_progress (parameter_id);

-- Which cards are in a preset.
create table player_state.progress_preset (
  player_id bigint not null,
  progress_id bigint not null,
  preset_id bigint not null,
  created_at timestamptz not null default now(),
  primary key (player_id, progress_id, preset_id),
  foreign key (player_id, progress_id) references player_state.progress (player_id, id) on delete cascade,
  foreign key (player_id, preset_id) references player_state.preset (player_id, id) on delete cascade
);
create index progress_preset_preset on player_state.progress_preset (player_id, preset_id);

create function player_state.keep_two_active_chips() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  -- Two sessions that activate a chip of one player at once take turns on the player's row. It is written
  -- and not only locked, so that the later one fails where its snapshot lacks what the other has done.
  update player_state.player set guardian_chip_slots_unlocked = guardian_chip_slots_unlocked
  where id = new.player_id;
  if (select count(*) from player_state.progress where player_id = new.player_id and active) > 2 then
    raise exception 'player % cannot have more than two active guardian chips', new.player_id
      using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create trigger keep_two_active_chips after insert or update of active, player_id
  on player_state.progress
  for each row when (new.active) execute function player_state.keep_two_active_chips();

create function player_state.keep_reached_unlocked() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if exists (
    select from player_state.parameter_progress
    where player_id = new.player_id and progress_id = new.id and level > 0
  ) then
    raise exception 'progress % has levels and cannot be locked', new.id using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create trigger keep_reached_unlocked after update of unlocked on player_state.progress
  for each row when (old.unlocked and not new.unlocked) execute function player_state.keep_reached_unlocked();

-- A level and whoever is locking its entity take turns on the entity's row, which is written as above, once
-- in a transaction.
create function player_state.keep_locked_at_zero() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update player_state.progress set unlocked = unlocked
  where player_id = new.player_id and id = new.progress_id and xmin <> pg_current_xact_id()::xid;
  if not (
    select unlocked from player_state.progress where player_id = new.player_id and id = new.progress_id
  ) then
    raise exception 'progress % is locked: its levels stay 0', new.progress_id using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create trigger keep_locked_at_zero after insert or update of level, progress_id
  on player_state.parameter_progress
  for each row when (new.level > 0) execute function player_state.keep_locked_at_zero();

create trigger no_deletion before delete or truncate on player_state.account
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
create trigger no_deletion before delete or truncate on player_state.player
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
create trigger no_deletion before delete or truncate on player_state.goal
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
create trigger no_deletion before delete or truncate on player_state.preset
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
create trigger no_deletion before delete or truncate on player_state.progress
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
create trigger no_deletion before delete or truncate on player_state.parameter_progress
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
create trigger no_deletion before delete or truncate on player_state.progress_preset
  for each statement when (towerstats.is_maintenance()) execute function towerstats.refuse_deletion();
