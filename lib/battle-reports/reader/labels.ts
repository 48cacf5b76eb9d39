/**
 * Every section and label of the game's battle reports that has a meaning of its own. When the game
 * adds a line, add it here: nothing else knows the labels. Labels compare without case and with
 * whitespace collapsed, so one spelling of each is enough.
 */

import type { QuantityKind } from "./quantity.ts"

/**
 * What a quantity counts, and how it may be written apart from a bare number: `$5` is no damage,
 * `x8.00` no count.
 */
export const writingOfUnit = {
  coins: "plain",
  cash: "currency",
  damage: "plain",
  count: "plain",
  multiplier: "multiplier",
} as const satisfies Record<string, QuantityKind>

export type QuantityUnit = keyof typeof writingOfUnit

/** The progress fields that hold a quantity. */
export type ProgressQuantity =
  | "coinsEarned"
  | "cashEarned"
  | "interestEarned"
  | "gemBlocksTapped"
  | "cellsEarned"
  | "rerollShardsEarned"

/** The slots an ultimate weapon can be listed under. */
export type WeaponRole = "combat" | "utility"

/** A line that says a fact of the run itself; it is a progress field and no metric. */
export type FactLine =
  | { readonly label: string; readonly unit: "date" | "tier" | "wave" | "enemy" | "bots" }
  | {
      readonly label: string
      readonly unit: "duration"
      readonly progress: "gameTimeSeconds" | "realTimeSeconds"
    }
  | { readonly label: string; readonly unit: "weapons"; readonly role: WeaponRole | null }

/**
 * A line that holds a quantity. It is kept as the progress field `progress`, as the metric `key`,
 * or both; with neither it is a metric under the slug of its label (classic layout) or of its
 * section and label (sectioned layout). A line that both layouts have carries the same key in both.
 */
export interface QuantityLine {
  readonly label: string
  readonly unit: QuantityUnit
  readonly key?: string
  readonly progress?: ProgressQuantity
}

export type KnownLine = FactLine | QuantityLine

/** Tells the two kinds of lines apart. */
export function isQuantityLine(line: KnownLine): line is QuantityLine {
  return line.unit in writingOfUnit
}

/** A section and its lines, in the game's order. */
export interface KnownSection {
  readonly section: string
  readonly lines: readonly KnownLine[]
  /** The section's labels are too general to mean the same without its heading. */
  readonly labelsNeedSection?: true
}

/** The words every report starts with. */
export const reportHeading = "Battle Report"

/** Lines that stand before the first section, or anywhere, and mean the same in either layout. */
export const generalLines: readonly KnownLine[] = [
  { label: "Battle Date", unit: "date" },
  { label: "Game Time", unit: "duration", progress: "gameTimeSeconds" },
  { label: "Real Time", unit: "duration", progress: "realTimeSeconds" },
  { label: "Tier", unit: "tier" },
  { label: "Wave", unit: "wave" },
  { label: "Killed By", unit: "enemy" },
  { label: "Coins earned", unit: "coins", progress: "coinsEarned" },
  { label: "Coins per hour", unit: "coins" },
  { label: "Cash earned", unit: "cash", progress: "cashEarned" },
  {
    label: "Interest earned",
    unit: "cash",
    progress: "interestEarned",
    key: "interest_earned",
  },
  { label: "Gem Blocks Tapped", unit: "count", progress: "gemBlocksTapped" },
  { label: "Cells Earned", unit: "count", progress: "cellsEarned" },
  { label: "Cells Per Hour", unit: "count" },
  { label: "Reroll Shards Earned", unit: "count", progress: "rerollShardsEarned" },
  { label: "Bots", unit: "bots" },
  { label: "Bots Used", unit: "bots" },
  { label: "Ultimate Weapons", unit: "weapons", role: null },
  { label: "UWs", unit: "weapons", role: null },
  { label: "Combat Ultimate Weapons", unit: "weapons", role: "combat" },
  { label: "Utility Ultimate Weapons", unit: "weapons", role: "utility" },
]

/** The layout of 2025: a label stands once in the report. */
export const classicSections: readonly KnownSection[] = [
  {
    section: "Combat",
    lines: [
      { label: "Damage dealt", unit: "damage", key: "damage_dealt" },
      { label: "Damage Taken", unit: "damage", key: "damage_taken" },
      { label: "Damage Taken Wall", unit: "damage", key: "damage_taken_wall" },
      { label: "Damage Taken While Berserked", unit: "damage" },
      { label: "Damage Gain From Berserk", unit: "multiplier" },
      { label: "Death Defy", unit: "count" },
      { label: "Lifesteal", unit: "count" },
      { label: "Projectiles Damage", unit: "damage", key: "projectiles_damage" },
      { label: "Projectiles Count", unit: "count" },
      { label: "Thorn damage", unit: "damage", key: "thorn_damage" },
      { label: "Orb Damage", unit: "damage", key: "orb_damage" },
      { label: "Enemies Hit by Orbs", unit: "count", key: "enemies_hit_by_orbs" },
      { label: "Land Mine Damage", unit: "damage", key: "land_mine_damage" },
      { label: "Land Mines Spawned", unit: "count" },
      { label: "Rend Armor Damage", unit: "damage", key: "rend_armor_damage" },
      { label: "Death Ray Damage", unit: "damage", key: "death_ray_damage" },
      { label: "Smart Missile Damage", unit: "damage", key: "smart_missile_damage" },
      { label: "Inner Land Mine Damage", unit: "damage", key: "inner_land_mine_damage" },
      { label: "Chain Lightning Damage", unit: "damage", key: "chain_lightning_damage" },
      { label: "Death Wave Damage", unit: "damage", key: "death_wave_damage" },
      { label: "Tagged by Deathwave", unit: "count", key: "tagged_by_death_wave" },
      { label: "Tagged by Death Wave", unit: "count", key: "tagged_by_death_wave" },
      { label: "Swamp Damage", unit: "damage", key: "swamp_damage" },
      { label: "Black Hole Damage", unit: "damage", key: "black_hole_damage" },
      { label: "Electrons Damage", unit: "damage", key: "electrons_damage" },
    ],
  },
  {
    section: "Utility",
    lines: [
      { label: "Waves Skipped", unit: "count" },
      { label: "Recovery Packages", unit: "count" },
      { label: "Free Attack Upgrade", unit: "count", key: "free_attack_upgrades" },
      { label: "Free Defense Upgrade", unit: "count", key: "free_defense_upgrades" },
      { label: "Free Utility Upgrade", unit: "count", key: "free_utility_upgrades" },
      { label: "HP From Death Wave", unit: "count", key: "hp_from_death_wave" },
      { label: "Coins From Death Wave", unit: "coins", key: "coins_from_death_wave" },
      { label: "Cash From Golden Tower", unit: "cash", key: "cash_from_golden_tower" },
      { label: "Coins From Golden Tower", unit: "coins", key: "coins_from_golden_tower" },
      { label: "Coins From Black Hole", unit: "coins", key: "coins_from_black_hole" },
      { label: "Coins From Spotlight", unit: "coins", key: "coins_from_spotlight" },
      { label: "Coins From Orb", unit: "coins", key: "coins_from_orb" },
      { label: "Coins from Coin Upgrade", unit: "coins", key: "coins_from_coin_upgrade" },
      { label: "Coins from Coin Bonuses", unit: "coins", key: "coins_from_coin_bonuses" },
    ],
  },
  {
    section: "Enemies Destroyed",
    lines: [
      { label: "Total Enemies", unit: "count", key: "total_enemies" },
      { label: "Basic", unit: "count", key: "enemies_destroyed_basic" },
      { label: "Fast", unit: "count", key: "enemies_destroyed_fast" },
      { label: "Tank", unit: "count", key: "enemies_destroyed_tank" },
      { label: "Ranged", unit: "count", key: "enemies_destroyed_ranged" },
      { label: "Boss", unit: "count", key: "enemies_destroyed_boss" },
      { label: "Protector", unit: "count", key: "enemies_destroyed_protector" },
      { label: "Total Elites", unit: "count" },
      { label: "Vampires", unit: "count", key: "enemies_destroyed_vampires" },
      { label: "Rays", unit: "count", key: "enemies_destroyed_rays" },
      { label: "Scatters", unit: "count", key: "enemies_destroyed_scatters" },
      { label: "Saboteur", unit: "count", key: "enemies_destroyed_saboteur" },
      { label: "Commander", unit: "count", key: "enemies_destroyed_commander" },
      { label: "Overcharge", unit: "count", key: "enemies_destroyed_overcharge" },
      { label: "Destroyed By Orbs", unit: "count", key: "enemies_destroyed_by_orbs" },
      { label: "Destroyed by Thorns", unit: "count", key: "enemies_destroyed_by_thorns" },
      { label: "Destroyed by Death Ray", unit: "count", key: "enemies_destroyed_by_death_ray" },
      { label: "Destroyed by Land Mine", unit: "count", key: "enemies_destroyed_by_land_mine" },
      { label: "Destroyed in Spotlight", unit: "count", key: "enemies_destroyed_in_spotlight" },
    ],
  },
  {
    section: "Bots",
    lines: [
      { label: "Flame Bot Damage", unit: "damage", key: "flame_bot_damage" },
      { label: "Thunder Bot Stuns", unit: "count", key: "thunder_bot_stuns" },
      { label: "Golden Bot Coins Earned", unit: "coins", key: "golden_bot_coins_earned" },
      { label: "Destroyed in Golden Bot", unit: "count", key: "enemies_destroyed_in_golden_bot" },
    ],
  },
  {
    section: "Guardian",
    labelsNeedSection: true,
    lines: [
      { label: "Damage", unit: "damage", key: "guardian_damage" },
      { label: "Summoned enemies", unit: "count", key: "guardian_summoned_enemies" },
      { label: "Guardian coins stolen", unit: "coins", key: "guardian_coins_stolen" },
      { label: "Coins Fetched", unit: "coins", key: "guardian_coins_fetched" },
      { label: "Gems", unit: "count", key: "guardian_gems_fetched" },
      { label: "Medals", unit: "count", key: "guardian_medals_fetched" },
      { label: "Reroll Shards", unit: "count", key: "guardian_reroll_shards_fetched" },
      { label: "Reroll Shards Fetched", unit: "count", key: "guardian_reroll_shards_fetched" },
      { label: "Cannon Shards", unit: "count", key: "guardian_cannon_shards_fetched" },
      { label: "Armor Shards", unit: "count", key: "guardian_armor_shards_fetched" },
      { label: "Generator Shards", unit: "count", key: "guardian_generator_shards_fetched" },
      { label: "Core Shards", unit: "count", key: "guardian_core_shards_fetched" },
      { label: "Common Modules", unit: "count", key: "guardian_common_modules_fetched" },
      { label: "Rare Modules", unit: "count", key: "guardian_rare_modules_fetched" },
    ],
  },
]

/** The layout of 2026 (game version 28): what a label means depends on its section. */
export const sectionedSections: readonly KnownSection[] = [
  {
    section: "Records",
    lines: [
      { label: "Highest Coins / Minute", unit: "coins" },
      { label: "Largest Wave Skip", unit: "count" },
      { label: "Most Coins From Wave Skip", unit: "coins" },
      { label: "Most Cells From Wave Skip", unit: "count" },
      { label: "Largest Smart Missile Stack", unit: "count" },
      { label: "Largest Golden Combo", unit: "count" },
      { label: "Most Coins From Golden Combo", unit: "coins" },
      { label: "Largest Inner Landmine Charge", unit: "count" },
    ],
  },
  {
    section: "Damage",
    lines: [
      { label: "Damage Dealt", unit: "damage", key: "damage_dealt" },
      { label: "Projectiles", unit: "damage", key: "projectiles_damage" },
      { label: "Rend Armor", unit: "damage", key: "rend_armor_damage" },
      { label: "Death Ray", unit: "damage", key: "death_ray_damage" },
      { label: "Thorns", unit: "damage", key: "thorn_damage" },
      { label: "Orbs", unit: "damage", key: "orb_damage" },
      { label: "Land Mines", unit: "damage", key: "land_mine_damage" },
      { label: "Chain Lightning", unit: "damage", key: "chain_lightning_damage" },
      { label: "Smart Missiles", unit: "damage", key: "smart_missile_damage" },
      { label: "Inner Land Mines", unit: "damage", key: "inner_land_mine_damage" },
      { label: "Poison Swamp", unit: "damage", key: "swamp_damage" },
      { label: "Death Wave", unit: "damage", key: "death_wave_damage" },
      { label: "Black Hole", unit: "damage", key: "black_hole_damage" },
      { label: "Flame Bot", unit: "damage", key: "flame_bot_damage" },
      { label: "Attack Chip", unit: "damage", key: "guardian_damage" },
      { label: "Electrons", unit: "damage", key: "electrons_damage" },
    ],
  },
  {
    section: "Damage Taken",
    lines: [
      { label: "Tower", unit: "damage", key: "damage_taken" },
      { label: "Wall", unit: "damage", key: "damage_taken_wall" },
    ],
  },
  {
    section: "Bonus Health Gained",
    lines: [{ label: "From Death Wave", unit: "count", key: "hp_from_death_wave" }],
  },
  {
    section: "Health Regenerated",
    lines: [
      { label: "Lifesteal", unit: "count" },
      { label: "Tower Health Regen", unit: "count" },
      { label: "Wall Health Regen", unit: "count" },
    ],
  },
  {
    section: "Damage Blocked",
    lines: [
      { label: "Defense %", unit: "damage" },
      { label: "Defense Absolute", unit: "damage" },
      { label: "Chrono Field", unit: "damage" },
      { label: "Chain Thunder", unit: "damage" },
      { label: "Flame Bot", unit: "damage" },
      { label: "Primordial Collapse", unit: "damage" },
      { label: "Negative Mass Projector", unit: "damage" },
    ],
  },
  {
    section: "Utility",
    lines: [
      { label: "Recovery Packages", unit: "count" },
      { label: "Free Attack Upgrade", unit: "count", key: "free_attack_upgrades" },
      { label: "Free Defense Upgrade", unit: "count", key: "free_defense_upgrades" },
      { label: "Free Utility Upgrade", unit: "count", key: "free_utility_upgrades" },
      { label: "Enemy Attack Levels Skipped", unit: "count" },
      { label: "Enemy Health Levels Skipped", unit: "count" },
    ],
  },
  {
    section: "Counts",
    lines: [
      { label: "Projectiles Count", unit: "count" },
      { label: "Land Mines Spawned", unit: "count" },
      { label: "Thunder Bot Stuns", unit: "count", key: "thunder_bot_stuns" },
      { label: "Waves Skipped", unit: "count" },
      { label: "Death Defy", unit: "count" },
      { label: "Hits Absorbed By Energy Shield", unit: "count" },
      { label: "Nuke", unit: "count" },
      { label: "Second Wind", unit: "count" },
      { label: "Demon Mode", unit: "count" },
    ],
  },
  {
    section: "Enemies Hit By",
    lines: [
      { label: "Projectiles", unit: "count" },
      { label: "Thorns", unit: "count" },
      { label: "Orbs", unit: "count", key: "enemies_hit_by_orbs" },
      { label: "Death Ray", unit: "count" },
      { label: "Chain Lightning", unit: "count" },
      { label: "Smart Missiles", unit: "count" },
      { label: "Inner Land Mines", unit: "count" },
      { label: "Poison Swamp", unit: "count" },
      { label: "Death Wave", unit: "count", key: "tagged_by_death_wave" },
      { label: "Black Hole", unit: "count" },
      { label: "Chrono Field", unit: "count" },
      { label: "Land Mines", unit: "count" },
      { label: "Thunder Bot", unit: "count" },
      { label: "Flame Bot", unit: "count" },
      { label: "Attack Chip", unit: "count" },
      { label: "Orbital Augment", unit: "count" },
    ],
  },
  {
    section: "Killed With Effect Active",
    lines: [
      { label: "Golden Tower", unit: "count" },
      { label: "Death Wave", unit: "count" },
      { label: "Spotlight", unit: "count", key: "enemies_destroyed_in_spotlight" },
      { label: "Amplify Bot", unit: "count" },
      { label: "Golden Bot", unit: "count", key: "enemies_destroyed_in_golden_bot" },
      { label: "Death Penalty", unit: "count" },
    ],
  },
  {
    section: "Total Enemies",
    lines: [
      { label: "Total Enemies", unit: "count", key: "total_enemies" },
      { label: "Basic", unit: "count", key: "enemies_destroyed_basic" },
      { label: "Fast", unit: "count", key: "enemies_destroyed_fast" },
      { label: "Tank", unit: "count", key: "enemies_destroyed_tank" },
      { label: "Ranged", unit: "count", key: "enemies_destroyed_ranged" },
      { label: "Boss", unit: "count", key: "enemies_destroyed_boss" },
      { label: "Protector", unit: "count", key: "enemies_destroyed_protector" },
      { label: "Vampires", unit: "count", key: "enemies_destroyed_vampires" },
      { label: "Rays", unit: "count", key: "enemies_destroyed_rays" },
      { label: "Scatters", unit: "count", key: "enemies_destroyed_scatters" },
      { label: "Saboteur", unit: "count", key: "enemies_destroyed_saboteur" },
      { label: "Commander", unit: "count", key: "enemies_destroyed_commander" },
      { label: "Overcharge", unit: "count", key: "enemies_destroyed_overcharge" },
      { label: "Summoned Enemies", unit: "count", key: "guardian_summoned_enemies" },
    ],
  },
  {
    section: "Coins",
    lines: [
      { label: "Coins Earned", unit: "coins", progress: "coinsEarned" },
      { label: "Coin Bonus Upgrade", unit: "coins", key: "coins_from_coin_upgrade" },
      { label: "Coins From Coin Bonuses", unit: "coins", key: "coins_from_coin_bonuses" },
      { label: "Critical Coin", unit: "coins" },
      { label: "Golden Tower", unit: "coins", key: "coins_from_golden_tower" },
      { label: "Golden Combo", unit: "coins" },
      { label: "Death Wave", unit: "coins", key: "coins_from_death_wave" },
      { label: "Spotlight", unit: "coins", key: "coins_from_spotlight" },
      { label: "Black Hole", unit: "coins", key: "coins_from_black_hole" },
      { label: "Orbs", unit: "coins", key: "coins_from_orb" },
      { label: "Golden Bot", unit: "coins", key: "golden_bot_coins_earned" },
      { label: "Wave Skip", unit: "coins" },
      { label: "Coins / Wave", unit: "coins" },
      { label: "Coins Fetched", unit: "coins", key: "guardian_coins_fetched" },
      { label: "Bounty Coins", unit: "coins", key: "guardian_coins_stolen" },
    ],
  },
  {
    section: "Cash",
    lines: [
      { label: "Cash Earned", unit: "cash", progress: "cashEarned" },
      { label: "Golden Tower", unit: "cash", key: "cash_from_golden_tower" },
      {
        label: "Interest earned",
        unit: "cash",
        progress: "interestEarned",
        key: "interest_earned",
      },
    ],
  },
  {
    section: "Currencies",
    lines: [
      { label: "Cells Earned", unit: "count", progress: "cellsEarned" },
      { label: "Gems", unit: "count" },
      { label: "Ad Gems", unit: "count" },
      { label: "Gem Blocks Tapped", unit: "count", progress: "gemBlocksTapped" },
      { label: "Fetch Gems", unit: "count", key: "guardian_gems_fetched" },
      { label: "Medals", unit: "count", key: "guardian_medals_fetched" },
      { label: "Reroll Shards Earned", unit: "count", progress: "rerollShardsEarned" },
      { label: "Reroll Shards Fetched", unit: "count", key: "guardian_reroll_shards_fetched" },
      { label: "Cannon Shards", unit: "count", key: "guardian_cannon_shards_fetched" },
      { label: "Armor Shards", unit: "count", key: "guardian_armor_shards_fetched" },
      { label: "Generator Shards", unit: "count", key: "guardian_generator_shards_fetched" },
      { label: "Core Shards", unit: "count", key: "guardian_core_shards_fetched" },
      { label: "Common Modules", unit: "count", key: "guardian_common_modules_fetched" },
      { label: "Rare Modules", unit: "count", key: "guardian_rare_modules_fetched" },
    ],
  },
  {
    section: "Enemies Destroyed By",
    lines: [
      { label: "Projectiles", unit: "count" },
      { label: "Thorns", unit: "count", key: "enemies_destroyed_by_thorns" },
      { label: "Land Mines", unit: "count", key: "enemies_destroyed_by_land_mine" },
      { label: "Orbs", unit: "count", key: "enemies_destroyed_by_orbs" },
      { label: "Chain Lightning", unit: "count" },
      { label: "Smart Missiles", unit: "count" },
      { label: "Inner Land Mines", unit: "count" },
      { label: "Poison Swamp", unit: "count" },
      { label: "Death Ray", unit: "count", key: "enemies_destroyed_by_death_ray" },
      { label: "Black Hole", unit: "count" },
      { label: "Flame Bot", unit: "count" },
      { label: "Other", unit: "count" },
    ],
  },
]
