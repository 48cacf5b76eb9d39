import { currencyWords } from "../wiki/tables/columns.ts"

/**
 * What the game has, as data: the kinds of definition, the parameters that can be upgraded, and
 * how each one's column is headed in the wiki's upgrade tables. A wiki header or entity that is
 * not here is drift: someone has to decide what it means before it enters the database.
 */

/** What a parameter's values can be measured in. */
export const unitKinds = ["seconds", "percent", "multiplier", "count"] as const

export type UnitKind = (typeof unitKinds)[number]

/** What levels are paid in. */
export const currencies = ["medals", "stones", "bits"] as const

export type Currency = (typeof currencies)[number]

/** Every parameter key there is, with the unit its values have unless their notation says otherwise. */
export const parameterUnits = {
  angle: "count",
  cash_bonus: "multiplier",
  chance: "percent",
  coins_bonus: "multiplier",
  coins_multiplier: "multiplier",
  cooldown: "seconds",
  damage: "count",
  damage_multiplier: "multiplier",
  damage_percent: "percent",
  damage_reduction: "percent",
  double_find_chance: "percent",
  duration: "seconds",
  effect_wave: "count",
  find_chance: "percent",
  linger: "seconds",
  max_recovery: "multiplier",
  multiplier: "multiplier",
  percentage: "percent",
  quantity: "count",
  range: "count",
  range_bonus: "multiplier",
  recovery_amount: "percent",
  size: "count",
  slow: "percent",
  targets: "count",
} as const satisfies Readonly<Record<string, UnitKind>>

export type ParameterKey = keyof typeof parameterUnits

/** One upgradable parameter of an entity and the header of its value column. */
export interface ParameterColumn {
  /** The header as it should read; also the parameter's display name. */
  readonly header: string
  /** Other spellings the wiki uses for the same header. */
  readonly aliases?: readonly string[]
  readonly key: ParameterKey
  /** The value before the first upgrade, where the wiki's table leaves it out. */
  readonly atLevelZero?: string
}

/** What the upgrade tables of one kind have in common, and the entities that are of that kind. */
export interface LevelledKindRules {
  readonly currency: Currency
  /** What a cost column of this kind may be called, normalised; another currency's name is drift. */
  readonly costNames: readonly string[]
  /** One cost column for the whole row, or one next to each value column. */
  readonly costs: "shared" | "paired"
  /** Entities by slug, each with its parameters in the order of its table. */
  readonly entities: ReadonlyMap<string, readonly ParameterColumn[]>
  /** Slugs of the entities that share one page of the wiki, where each must have a table. */
  readonly onSharedPage: readonly string[]
}

/** Every kind of definition. */
export const definitionKinds = ["card", "bot", "ultimate_weapon", "guardian_chip"] as const

export type DefinitionKind = (typeof definitionKinds)[number]

export type LevelledKind = Exclude<DefinitionKind, "card">

const bots: Readonly<Record<string, readonly ParameterColumn[]>> = {
  amplify_bot: [
    { header: "Duration", key: "duration", atLevelZero: "20s" },
    { header: "Cooldown", key: "cooldown", atLevelZero: "120s" },
    { header: "Bonus", key: "multiplier", atLevelZero: "x3.50" },
    { header: "Range", key: "range", atLevelZero: "25m" },
  ],
  bot_bot: [
    { header: "Duration", key: "duration", atLevelZero: "20s" },
    { header: "Cooldown", key: "cooldown", atLevelZero: "120s" },
    { header: "Bonus", key: "multiplier", atLevelZero: "x1.05" },
    { header: "Range", key: "range", atLevelZero: "20m" },
  ],
  flame_bot: [
    { header: "Damage Reduction", key: "damage_reduction", atLevelZero: "20%" },
    { header: "Cooldown", key: "cooldown", atLevelZero: "75s" },
    { header: "Damage", key: "damage", atLevelZero: "x50" },
    { header: "Range", key: "range", atLevelZero: "30m" },
  ],
  golden_bot: [
    { header: "Duration", key: "duration", atLevelZero: "20s" },
    { header: "Cooldown", key: "cooldown", atLevelZero: "120s" },
    { header: "Bonus", key: "multiplier", atLevelZero: "2.0x" },
    { header: "Range", key: "range", atLevelZero: "20m" },
  ],
  thunder_bot: [
    { header: "Duration", key: "duration", atLevelZero: "5.0s" },
    { header: "Cooldown", key: "cooldown", atLevelZero: "120s" },
    { header: "Linger", key: "linger", atLevelZero: "20%" },
    { header: "Range", key: "range", atLevelZero: "25m" },
  ],
}

const ultimateWeapons: Readonly<Record<string, readonly ParameterColumn[]>> = {
  chain_lightning: [
    { header: "Damage", key: "damage" },
    { header: "Quantity", key: "quantity" },
    { header: "Chance", key: "chance" },
  ],
  death_wave: [
    { header: "Damage", key: "damage_multiplier" },
    { header: "Effect Wave Quantity", key: "effect_wave" },
    { header: "Cooldown", key: "cooldown" },
  ],
  golden_tower: [
    { header: "Multiplier", key: "coins_multiplier" },
    { header: "Duration", key: "duration" },
    { header: "Cooldown", key: "cooldown" },
  ],
  spotlight: [
    { header: "Bonus", key: "coins_bonus" },
    { header: "Angle", key: "angle" },
    { header: "Quantity", key: "quantity" },
  ],
  smart_missiles: [
    { header: "Damage", key: "damage_multiplier" },
    { header: "Quantity", key: "quantity" },
    { header: "Cooldown", key: "cooldown" },
  ],
  chrono_field: [
    { header: "Duration", key: "duration" },
    { header: "Slow", key: "slow" },
    { header: "Cooldown", key: "cooldown" },
  ],
  inner_land_mines: [
    { header: "Damage %", key: "damage_percent" },
    { header: "Quantity", key: "quantity" },
    { header: "Cooldown", key: "cooldown" },
  ],
  poison_swamp: [
    { header: "Damage", key: "damage_multiplier" },
    { header: "Duration", key: "duration" },
    { header: "Cooldown", key: "cooldown" },
  ],
  black_hole: [
    { header: "Size", key: "size" },
    { header: "Duration", key: "duration" },
    { header: "Cooldown", key: "cooldown" },
  ],
}

const guardianChips: Readonly<Record<string, readonly ParameterColumn[]>> = {
  ally: [
    { header: "Recovery Amount", key: "recovery_amount" },
    { header: "Cooldown", key: "cooldown" },
    { header: "Max Recovery", aliases: ["Max Recovey"], key: "max_recovery" },
  ],
  attack: [
    { header: "Percentage", key: "percentage" },
    { header: "Cooldown", key: "cooldown" },
    { header: "Targets", key: "targets" },
  ],
  fetch: [
    { header: "Cooldown", key: "cooldown" },
    { header: "Find Chance", key: "find_chance" },
    { header: "Double Find Chance", key: "double_find_chance" },
  ],
  bounty: [
    { header: "Multiplier", key: "multiplier" },
    { header: "Cooldown", key: "cooldown" },
    { header: "Targets", key: "targets" },
  ],
  summon: [
    { header: "Cooldown", key: "cooldown" },
    { header: "Duration", key: "duration" },
    { header: "Cash Bonus", key: "cash_bonus" },
  ],
  scout: [
    { header: "Cooldown", key: "cooldown" },
    { header: "Range Bonus", key: "range_bonus" },
    { header: "Duration", key: "duration" },
  ],
}

/** The kinds whose definitions have parameters and levels. Cards have neither. */
export const levelledKinds: Readonly<Record<LevelledKind, LevelledKindRules>> = {
  bot: {
    currency: "medals",
    costNames: ["cost", ...currencyWords.medals],
    costs: "shared",
    entities: new Map(Object.entries(bots)),
    onSharedPage: [],
  },
  ultimate_weapon: {
    currency: "stones",
    costNames: ["cost", ...currencyWords.stones],
    costs: "paired",
    entities: new Map(Object.entries(ultimateWeapons)),
    onSharedPage: [],
  },
  guardian_chip: {
    currency: "bits",
    costNames: ["cost", ...currencyWords.bits],
    costs: "paired",
    entities: new Map(Object.entries(guardianChips)),
    // The wiki has no table for Scout yet.
    onSharedPage: ["ally", "attack", "fetch", "bounty", "summon"],
  },
}
