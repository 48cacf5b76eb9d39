import { reportChecksum } from "../../lib/battle-reports/checksum.ts"
import { contentHash } from "../../lib/wiki/rows/content-hash.ts"
import type { DjangoRow, Installation } from "./django-site.ts"

const wiki = "https://the-tower-idle-tower-defense.fandom.com/wiki/"

/** A moment of a day of December 2025. */
export const time = (day: number, fraction = "000000"): string =>
  `2025-12-${String(day).padStart(2, "0")}T03:00:00.${fraction}Z`

/** A row of the wiki as the site stores it, its keys in the order in which it writes them. */
export const wikiRow = (
  id: number,
  page: string,
  section: string,
  parseVersion: string,
  entityId: string,
  rawRow: Readonly<Record<string, string>>,
  more: DjangoRow = {},
): DjangoRow => ({
  id,
  page_url: `${wiki}${page}`,
  canonical_name: rawRow.Bot ?? rawRow.Guardian ?? rawRow["Ultimate Weapon"] ?? entityId,
  entity_id: entityId,
  content_hash: contentHash(rawRow),
  raw_row: rawRow,
  source_section: section,
  parse_version: parseVersion,
  first_seen: time(1),
  last_seen: time(20),
  deprecated: false,
  ...more,
})

/** A level of the Golden Bot. */
export const goldenBotRow = (id: number, level: string, cost: string, more: DjangoRow = {}) =>
  wikiRow(
    id,
    "Golden_Bot#Cost",
    "bots_golden_bot_table_0",
    "bots_v1",
    `golden_bot__level_${level}__star_none`,
    {
      Level: level,
      Cost: cost,
      Duration: "20.5",
      Cooldown: "117",
      Bonus: "2.2",
      Range: "22",
      _wiki_entity_id: "golden_bot",
      Bot: "Golden Bot",
    },
    more,
  )

/** A level of the Ally chip, in a table by its place on the page. */
export const allyRow = (id: number, level: string, table: number, more: DjangoRow = {}) =>
  wikiRow(
    id,
    "Guardian",
    `guardian_chips_ally_table_${table}`,
    "guardian_chips_v1",
    `ally__level_${level}__star_none`,
    {
      "Recovery Amount": `${level}%`,
      Bits: "1",
      "Cooldown (s)": "120",
      Bits__2: "2",
      "Max Recovey": "1.1x",
      Bits__3: "3",
      _wiki_entity_id: "ally",
      Guardian: "Ally",
      Level: level,
      Cooldown: "120",
      "Max Recovery": "1.1x",
    },
    more,
  )

/** A report with its checksum. */
export const report = (id: number, player: number, text: string): DjangoRow => ({
  id,
  raw_text: text,
  checksum: reportChecksum(text),
  parsed_at: time(5, "123456"),
  player_id: player,
})

const definitionOf = (id: number, name: string, slug: string, page: string): DjangoRow => ({
  id,
  name,
  slug,
  wiki_page_url: `${wiki}${page}`,
  wiki_entity_id: slug,
  description: "",
  source_wikidata_id: null,
  rarity: "",
  unlock_text: "",
  effect_raw: "",
})

const botKeys = ["duration", "cooldown", "multiplier", "range"]
const weaponKeys = ["size", "duration", "cooldown"]
const chipKeys = ["recovery_amount", "cooldown", "max_recovery"]

const parameters = (keys: readonly string[], owner: string): readonly DjangoRow[] =>
  keys.map((key, index) => ({
    id: index + 1,
    key,
    display_name: key,
    unit_kind: "count",
    [`${owner}_definition_id`]: 1,
  }))

/** The levels of one bot, weapon or chip, one for each of its parameters. */
export const levels = (
  owner: string,
  parent: number,
  values: readonly number[],
  isOrphaned = false,
): readonly DjangoRow[] =>
  values.map((level, index) => ({
    id: parent * 10 + index,
    level,
    parameter_definition_id: isOrphaned ? null : index + 1,
    [`player_${owner}_id`]: parent,
    player_id: 7,
    updated_at: time(6),
    effective_value_raw: "",
    effective_notes: "",
  }))

/** One user with a player who has one of everything. */
export const smallSite: Installation = {
  auth_user: [
    {
      id: 5,
      password: "pbkdf2_sha256$720000$salt$hash",
      username: "alice",
      first_name: "Alice",
      email: "alice@example.org",
      is_superuser: true,
      is_staff: true,
      is_active: true,
      date_joined: time(1, "000001"),
    },
  ],
  definitions_wikidata: [
    goldenBotRow(11, "1", "100"),
    goldenBotRow(12, "2", "140", { last_seen: time(10) }),
    goldenBotRow(13, "2", "150", { first_seen: time(11) }),
    allyRow(14, "1", 2),
    allyRow(15, "2", 2),
  ],
  definitions_carddefinition: [definitionOf(1, "Damage", "damage", "Cards")],
  definitions_botdefinition: [
    { ...definitionOf(1, "Golden Bot", "golden_bot", "Golden_Bot#Cost"), source_wikidata_id: 11 },
  ],
  definitions_ultimateweapondefinition: [definitionOf(1, "Black Hole", "black_hole", "Black_Hole")],
  definitions_guardianchipdefinition: [definitionOf(1, "Ally", "ally", "Guardian")],
  definitions_botparameterdefinition: parameters(botKeys, "bot"),
  definitions_ultimateweaponparameterdefinition: parameters(weaponKeys, "ultimate_weapon"),
  definitions_guardianchipparameterdefinition: parameters(chipKeys, "guardian_chip"),
  definitions_botparameterlevel: [
    {
      ...{ id: 1, level: 1, value_raw: "20.5", cost_raw: "100", currency: "medals" },
      ...{ parameter_definition_id: 1, source_wikidata_id: 11 },
    },
  ],
  definitions_patchboundary: [{ id: 3, boundary_date: "2025-12-09", label: "v27.2" }],
  definitions_unit: [{ id: 2, name: "coins", symbol: "coins", kind: "currency" }],
  player_state_player: [
    {
      id: 7,
      display_name: "Ålice ✨",
      user_id: 5,
      card_slots_unlocked: 12,
      guardian_chip_slots_unlocked: 2,
      created_at: time(2),
    },
  ],
  player_state_preset: [
    { id: 9, name: "Farming", notes: "at 4am", color: "teal", created_at: time(3), player_id: 7 },
  ],
  player_state_playercard: [
    {
      ...{ id: 4, card_slug: "damage", stars_unlocked: 3, inventory_count: 11 },
      ...{ card_definition_id: 1, player_id: 7, updated_at: time(6) },
    },
  ],
  player_state_playerbot: [
    {
      ...{ id: 1, bot_slug: "golden_bot", unlocked: true, updated_at: time(6), notes: "loved" },
      ...{ bot_definition_id: 1, player_id: 7 },
    },
  ],
  player_state_playerultimateweapon: [
    {
      ...{ id: 2, ultimate_weapon_slug: "black_hole", unlocked: true, updated_at: time(6) },
      ...{ notes: "", ultimate_weapon_definition_id: 1, player_id: 7 },
    },
  ],
  player_state_playerguardianchip: [
    {
      ...{ id: 3, guardian_chip_slug: "ally", unlocked: true, active: true, notes: "" },
      ...{ updated_at: time(6), guardian_chip_definition_id: 1, player_id: 7 },
    },
  ],
  player_state_playerbotparameter: levels("bot", 1, [3, 1, 4, 1]),
  player_state_playerultimateweaponparameter: levels("ultimate_weapon", 2, [5, 9, 2]),
  player_state_playerguardianchipparameter: levels("guardian_chip", 3, [6, 5, 3]),
  player_state_playercardpreset: [
    { id: 1, created_at: time(7), player_card_id: 4, preset_id: 9, player_id: 7 },
  ],
  player_state_goaltarget: [
    {
      ...{ id: 1, goal_type: "bot", goal_key: "bot:golden_bot:duration", target_level: 20 },
      ...{ label: "GB", notes: "", assumed_current_level: 3, player_id: 7 },
      ...{ created_at: time(8), updated_at: time(9) },
    },
  ],
  player_state_chartsnapshot: [{ id: 1, name: "Base", config: { version: "1" }, player_id: 7 }],
  gamedata_battlereport: [
    report(21, 7, "Battle Report\r\nTier\t14+\r\nWave\t12\r\nCoins earned\t4.24M\r\n"),
    report(22, 7, "\n\nBattle Report\nTier\t3\nWave\t1\n"),
  ],
  gamedata_battlereportprogress: [
    {
      ...{ id: 1, battle_date: null, tier: 14, wave: 12, real_time_seconds: 60 },
      ...{ coins_earned: 4_240_000, coins_earned_raw: "4.24M", killed_by: "Boss" },
      ...{ battle_report_id: 21, preset_id: 9, player_id: 7, is_tournament: false },
      ...{ preset_name_snapshot: "Farming", preset_color_snapshot: "teal" },
      ...{ tournament_rank: "Gold", is_hidden: true, is_dissonance: true },
      ...{ dissonance_type: "attack", dissonance_levels_snapshot: { attack: 3 } },
    },
  ],
  gamedata_battlereportderivedmetrics: [
    {
      ...{ id: 1, values: { coins: 4.5, waves: 12 }, raw_values: { coins: "4.5" } },
      ...{ battle_report_id: 21, player_id: 7 },
    },
  ],
  gamedata_runbot: [
    { id: 1, notes: "by hand", battle_report_id: 21, bot_definition_id: 1, player_id: 7 },
  ],
  gamedata_runguardian: [
    { id: 1, notes: "", battle_report_id: 21, guardian_chip_definition_id: 1, player_id: 7 },
  ],
  gamedata_runcombatultimateweapon: [
    { id: 1, notes: "", battle_report_id: 21, ultimate_weapon_definition_id: 1, player_id: 7 },
  ],
  gamedata_runutilityultimateweapon: [
    { id: 1, notes: "", battle_report_id: 21, ultimate_weapon_definition_id: 1, player_id: 7 },
  ],
}
