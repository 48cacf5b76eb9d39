import * as fc from "fast-check"

const playerOf = (username: string) => `
  select player.id from player_state.player
  join player_state.account on account.id = account_id where username = '${username}'`

const joins = (username: string) => `
  with account as (
    insert into player_state.account (username) values ('${username}')
    on conflict (username) do update set username = excluded.username returning id)
  insert into player_state.player (account_id, display_name)
  select id, '${username} the Great' from account on conflict do nothing`

const raises = (username: string, slug: string, level: number) => `
  update player_state.progress set unlocked = true, active = kind = 'guardian_chip',
    inventory_count = 2, stars_unlocked = 1, notes = 'mine'
  where player_id in (${playerOf(username)}) and slug = '${slug}';
  update player_state.parameter_progress set level = greatest(level, ${level})
  where progress_id in (
    select id from player_state.progress
    where player_id in (${playerOf(username)}) and slug = '${slug}')`

const storesUnreadable = (username: string) => `
  insert into gamedata.battle_report (player_id, raw_text, checksum)
  select id, 'Notes of a run', repeat('0', 64) from (${playerOf(username)}) as player
  on conflict do nothing`

const notesChip = (username: string, slug: string) => `
  insert into gamedata.run_guardian_chip (player_id, battle_report_id, slug, definition_id)
  select report.player_id, report.id, '${slug}', definition.id
  from gamedata.battle_report as report
  left join definitions.definition on kind = 'guardian_chip' and slug = '${slug}'
  where player_id in (${playerOf(username)})
  on conflict do nothing`

/** What players, the site and maintainers do to the database between two commands. */
export const events = {
  "alice joins": joins("alice"),
  "bob joins": joins("bob"),
  "carol gets an account without a player": `
    insert into player_state.account (username) values ('carol') on conflict do nothing`,
  "alice raises her golden bot": raises("alice", "golden_bot", 3),
  "alice raises her ally": raises("alice", "ally", 2),
  "alice raises her spotlight": raises("alice", "spotlight", 1),
  "bob raises his golden bot": raises("bob", "golden_bot", 5),
  "alice resets her ally": `
    delete from player_state.progress
    where player_id in (${playerOf("alice")}) and slug = 'ally'`,
  "alice notes the chip of her runs": notesChip("alice", "ally"),
  "alice makes her presets and card slots her own": `
    update player_state.preset set colour = 'red', notes = 'mine'
    where player_id in (${playerOf("alice")});
    update player_state.player set card_slots_unlocked = 7
    where id in (${playerOf("alice")})`,
  "alice sets a goal and fills her presets": `
    insert into player_state.goal (player_id, kind, slug, key, target_level)
    select id, 'bot', 'golden_bot', 'range', 20 from (${playerOf("alice")}) as player
    on conflict do nothing;
    insert into player_state.progress_preset (player_id, progress_id, preset_id)
    select player_id, progress.id, preset.id
    from player_state.progress join player_state.preset using (player_id)
    where player_id in (${playerOf("alice")}) and kind = 'card'
    on conflict do nothing`,
  "bob stores what is no report": storesUnreadable("bob"),
  "runs are marked as tournaments": `
    update gamedata.battle_report_progress set is_tournament = true, tournament_rank = 'legends'`,
  "links of bots get lost": `
    update player_state.progress set definition_id = null where kind = 'bot';
    update player_state.parameter_progress set parameter_id = null where key = 'range';
    update gamedata.run_bot set definition_id = null`,
  "an older reader misread waves": `
    update gamedata.battle_report_progress set wave = 99, battle_date = '2026-02-02' where wave = 1`,
  "an older reader knew no metrics": "delete from gamedata.battle_report_metrics",
  "an older reader knew no bots": "delete from gamedata.run_bot",
  "reports wait to be read": "delete from gamedata.battle_report_progress",
  "a level is edited by hand": `
    update definitions.parameter_level set value_raw = 'x' where level = 1 and kind = 'bot'`,
  "the game is patched": `
    insert into definitions.patch_boundary (boundary_date, label)
    values ('2026-02-02', 'v1'), ('2026-02-03', '') on conflict do nothing`,
} as const

export type OutsideEvent = keyof typeof events

/** Any of these events. */
export const outsideEvent: fc.Arbitrary<OutsideEvent> = fc.constantFrom(
  ...Object.keys(events).filter((name): name is OutsideEvent => name in events),
)
