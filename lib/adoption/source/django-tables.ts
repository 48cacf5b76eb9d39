import * as Effect from "effect/Effect"
import { NotTowerStats, type Source, SourceTooOld } from "./source.ts"

/** What is read of a table of the site. Any other column that says something is kept aside. */
export interface TableRule {
  readonly required: readonly string[]
  /** Columns of some versions of the site. */
  readonly optional?: readonly string[]
}

const definition = ["id", "name", "slug", "wiki_page_url", "wiki_entity_id"]
const definitionText = ["description", "source_wikidata_id"]

const parameterOf = (owner: string): TableRule => ({
  required: ["id", "key", "display_name", "unit_kind", `${owner}_definition_id`],
})

const level: TableRule = {
  required: ["id", "level", "value_raw", "cost_raw", "currency", "parameter_definition_id"],
  optional: ["source_wikidata_id"],
}

const progressOf = (
  owner: string,
  required: readonly string[],
  optional: readonly string[],
): TableRule => ({
  required: ["id", "player_id", `${owner}_slug`, ...required],
  optional: [`${owner}_definition_id`, "updated_at", ...optional],
})

const parameterProgressOf = (owner: string): TableRule => ({
  required: ["id", "level", `player_${owner}_id`, "parameter_definition_id"],
  optional: ["updated_at", "player_id"],
})

const runOf = (owner: string): TableRule => ({
  required: ["id", "battle_report_id", `${owner}_definition_id`],
  optional: ["player_id", "notes"],
})

/** The tables that are read row by row, each into its place here. */
export const djangoTables = {
  auth_user: { required: ["id", "username"] },
  definitions_wikidata: {
    required: [
      ...["id", "page_url", "canonical_name", "entity_id", "content_hash", "raw_row"],
      ...["source_section", "first_seen", "last_seen", "parse_version", "deprecated"],
    ],
  },
  definitions_carddefinition: {
    required: definition,
    optional: [...definitionText, "rarity", "effect_raw", "unlock_text"],
  },
  definitions_botdefinition: { required: definition, optional: definitionText },
  definitions_ultimateweapondefinition: { required: definition, optional: definitionText },
  definitions_guardianchipdefinition: { required: definition, optional: definitionText },
  definitions_botparameterdefinition: parameterOf("bot"),
  definitions_ultimateweaponparameterdefinition: parameterOf("ultimate_weapon"),
  definitions_guardianchipparameterdefinition: parameterOf("guardian_chip"),
  definitions_botparameterlevel: level,
  definitions_ultimateweaponparameterlevel: level,
  definitions_guardianchipparameterlevel: level,
  definitions_patchboundary: { required: ["id", "boundary_date"], optional: ["label"] },
  definitions_unit: { required: ["id", "name"], optional: ["symbol", "kind"] },
  player_state_player: {
    required: ["id", "user_id"],
    optional: [
      ...["display_name", "created_at", "card_slots_unlocked"],
      "guardian_chip_slots_unlocked",
    ],
  },
  player_state_preset: {
    required: ["id", "player_id", "name"],
    optional: ["color", "notes", "created_at"],
  },
  player_state_playercard: progressOf("card", ["stars_unlocked", "inventory_count"], []),
  player_state_playerbot: progressOf("bot", ["unlocked"], ["notes"]),
  player_state_playerultimateweapon: progressOf("ultimate_weapon", ["unlocked"], ["notes"]),
  player_state_playerguardianchip: progressOf("guardian_chip", ["unlocked"], ["notes", "active"]),
  player_state_playerbotparameter: parameterProgressOf("bot"),
  player_state_playerultimateweaponparameter: parameterProgressOf("ultimate_weapon"),
  player_state_playerguardianchipparameter: parameterProgressOf("guardian_chip"),
  player_state_playercardpreset: {
    required: ["id", "player_card_id", "preset_id"],
    optional: ["player_id", "created_at"],
  },
  player_state_goaltarget: {
    required: ["id", "player_id", "goal_type", "goal_key", "target_level"],
    optional: ["label", "notes", "created_at", "updated_at"],
  },
  gamedata_battlereport: {
    required: ["id", "player_id", "raw_text", "checksum", "parsed_at"],
  },
  gamedata_battlereportprogress: {
    required: ["id", "battle_report_id"],
    optional: [
      ...["player_id", "battle_date", "tier", "wave", "real_time_seconds", "killed_by"],
      ...["coins_earned", "cash_earned", "interest_earned", "gem_blocks_tapped", "cells_earned"],
      ...["reroll_shards_earned", "coins_earned_raw", "cash_earned_raw", "interest_earned_raw"],
      ...["preset_id", "preset_name_snapshot", "preset_color_snapshot", "is_tournament"],
      ...["tournament_rank", "is_hidden", "is_dissonance", "dissonance_type"],
      "dissonance_levels_snapshot",
    ],
  },
  gamedata_battlereportderivedmetrics: {
    required: ["id", "battle_report_id", "values", "raw_values"],
    optional: ["player_id"],
  },
  gamedata_runbot: runOf("bot"),
  gamedata_runguardian: runOf("guardian_chip"),
  gamedata_runcombatultimateweapon: runOf("ultimate_weapon"),
  gamedata_runutilityultimateweapon: runOf("ultimate_weapon"),
} as const satisfies Readonly<Record<string, TableRule>>

export type DjangoTable = keyof typeof djangoTables

const isDjangoTable = (table: string): table is DjangoTable => Object.hasOwn(djangoTables, table)

export const ruleOf = (table: DjangoTable): TableRule => djangoTables[table]

/** Without these a database is none of a TowerStats of any version. */
export const marks: readonly DjangoTable[] = [
  "auth_user",
  "definitions_wikidata",
  "player_state_player",
  "gamedata_battlereport",
]

/** The site's own tables by the names of its parts, known to us or not. */
const ofTheSite = /^(?:definitions|player_state|gamedata|core|analysis|explore)_/

/** The site's tables that have no place here: their rows are kept aside as they are. */
export const otherTables = ({ tables }: Source): readonly string[] =>
  [...tables.keys()].filter((table) => ofTheSite.test(table) && !isDjangoTable(table)).sort()

/** What the source lacks of what some version of the site has: tables, and columns by table. */
export const lacking = ({ tables }: Source): readonly string[] =>
  Object.entries<TableRule>(djangoTables).flatMap(([table, { optional = [] }]) => {
    const columns = tables.get(table)
    if (columns === undefined) return table
    const names = columns.map(({ name }) => name)
    const missing = optional.filter((column) => !names.includes(column))
    return missing.length === 0 ? [] : `${table} (${missing.join(", ")})`
  })

/** Fails unless a source is a TowerStats of a version that can be adopted. */
export const requireTowerStats = Effect.fnUntraced(function* ({ name: source, tables }: Source) {
  const missing = marks.filter((table) => !tables.has(table))
  if (missing.length > 0)
    return yield* new NotTowerStats({ source, missing, found: [...tables.keys()] })
  const columns = Object.entries<TableRule>(djangoTables).flatMap(([table, { required }]) => {
    const names = tables.get(table)?.map(({ name }) => name)
    return names === undefined
      ? []
      : required.filter((column) => !names.includes(column)).map((column) => `${table}.${column}`)
  })
  if (columns.length > 0) return yield* new SourceTooOld({ source, missing: columns })
})
