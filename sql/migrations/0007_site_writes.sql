-- What the site writes while others do, and what has to follow from it.

-- A level waits for whoever is locking its entity: FOR KEY SHARE would let both commit.
create or replace function player_state.keep_locked_at_zero() returns trigger
language plpgsql as $$
begin
  if tg_table_name = 'progress' then
    if exists (select from player_state.parameter_progress where progress_id = new.id and level > 0) then
      raise exception 'progress % has levels and cannot be locked', new.id using errcode = 'check_violation';
    end if;
  elsif not (select unlocked from player_state.progress where id = new.progress_id for share) then
    raise exception 'progress % is locked: its levels stay 0', new.progress_id using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- What was emptied as a whole is to be derived again, as after the deletion of single rows.
create function gamedata.unmark_all() returns trigger
language plpgsql as $$
begin
  update gamedata.battle_report_progress set reading = null where reading is not null;
  return null;
end
$$;
create trigger unmark_all after truncate on gamedata.battle_report_metrics
  for each statement execute function gamedata.unmark_all();
create trigger unmark_all after truncate on gamedata.run_bot
  for each statement execute function gamedata.unmark_all();

-- A text that was put right, or moved to another patch, is to be read again.
create function gamedata.unmark_text() returns trigger
language plpgsql as $$
begin
  update gamedata.battle_report_progress set reading = null
  where battle_report_id = new.id and reading is not null;
  return null;
end
$$;
create trigger unmark_text after update on gamedata.battle_report
  for each row when (
    (new.raw_text, new.parsed_at) is distinct from (old.raw_text, old.parsed_at)
  ) execute function gamedata.unmark_text();

-- Deleting a preset looks for the runs that were played with it.
create index battle_report_progress_preset on gamedata.battle_report_progress (player_id, preset_id)
  where preset_id is not null;
