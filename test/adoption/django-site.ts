import { Database } from "bun:sqlite"
import { rmSync } from "node:fs"
import type postgres from "postgres"

type Type = "id" | "number" | "flag" | "time" | "date" | "json" | "text"
type Value = string | number | boolean | null | object
/** A row of a table of the site; a time as `2025-12-01T03:00:00.000000Z`. */
export type DjangoRow = Readonly<Record<string, Value>>
/** What a site has: rows by table. */
export type Installation = Readonly<Record<string, readonly DjangoRow[]>>

const columns = (type: Type, names: string) =>
  Object.fromEntries(names.split(" ").map((name) => [name, type] as const))

const definition = {
  ...columns("id", "id"),
  ...columns("text", "name slug wiki_page_url wiki_entity_id description"),
  ...columns("number", "source_wikidata_id"),
}
const parameter = (owner: string) => ({
  ...columns("id", "id"),
  ...columns("text", "key display_name unit_kind"),
  ...columns("number", `${owner}_definition_id`),
})
const level = {
  ...columns("id", "id"),
  ...columns("number", "level parameter_definition_id source_wikidata_id"),
  ...columns("text", "value_raw cost_raw currency"),
}
const progress = (owner: string) => ({
  ...columns("id", "id"),
  ...columns("text", `${owner}_slug notes`),
  ...columns("flag", "unlocked"),
  ...columns("time", "updated_at"),
  ...columns("number", `${owner}_definition_id player_id`),
})
const parameterProgress = (owner: string) => ({
  ...columns("id", "id"),
  ...columns("number", `level parameter_definition_id player_${owner}_id player_id`),
  ...columns("time", "updated_at"),
  ...columns("text", "effective_value_raw effective_notes"),
})
const run = (owner: string) => ({
  ...columns("id", "id"),
  ...columns("text", "notes"),
  ...columns("number", `battle_report_id ${owner}_definition_id player_id`),
})

/** The site's tables, without the constraints that would keep broken rows out. */
export const djangoSchema: Readonly<Record<string, Readonly<Record<string, Type>>>> = {
  auth_user: {
    ...columns("id", "id"),
    ...columns("text", "password username first_name email"),
    ...columns("flag", "is_superuser is_staff is_active"),
    ...columns("time", "date_joined"),
  },
  definitions_wikidata: {
    ...columns("id", "id"),
    ...columns("text", "page_url canonical_name entity_id content_hash"),
    ...columns("json", "raw_row"),
    ...columns("text", "source_section parse_version"),
    ...columns("time", "first_seen last_seen"),
    ...columns("flag", "deprecated"),
  },
  definitions_carddefinition: {
    ...definition,
    ...columns("text", "rarity unlock_text effect_raw"),
  },
  definitions_botdefinition: definition,
  definitions_ultimateweapondefinition: definition,
  definitions_guardianchipdefinition: definition,
  definitions_botparameterdefinition: parameter("bot"),
  definitions_ultimateweaponparameterdefinition: parameter("ultimate_weapon"),
  definitions_guardianchipparameterdefinition: parameter("guardian_chip"),
  definitions_botparameterlevel: level,
  definitions_ultimateweaponparameterlevel: level,
  definitions_guardianchipparameterlevel: level,
  definitions_patchboundary: {
    ...columns("id", "id"),
    ...columns("date", "boundary_date"),
    ...columns("text", "label"),
  },
  definitions_unit: { ...columns("id", "id"), ...columns("text", "name symbol kind") },
  player_state_player: {
    ...columns("id", "id"),
    ...columns("text", "display_name"),
    ...columns("number", "user_id card_slots_unlocked guardian_chip_slots_unlocked"),
    ...columns("time", "created_at"),
  },
  player_state_preset: {
    ...columns("id", "id"),
    ...columns("text", "name notes color"),
    ...columns("time", "created_at"),
    ...columns("number", "player_id"),
  },
  player_state_playercard: {
    ...columns("id", "id"),
    ...columns("text", "card_slug"),
    ...columns("number", "stars_unlocked inventory_count card_definition_id player_id"),
    ...columns("time", "updated_at"),
  },
  player_state_playerbot: progress("bot"),
  player_state_playerultimateweapon: progress("ultimate_weapon"),
  player_state_playerguardianchip: { ...progress("guardian_chip"), ...columns("flag", "active") },
  player_state_playerbotparameter: parameterProgress("bot"),
  player_state_playerultimateweaponparameter: parameterProgress("ultimate_weapon"),
  player_state_playerguardianchipparameter: parameterProgress("guardian_chip"),
  player_state_playercardpreset: {
    ...columns("id", "id"),
    ...columns("time", "created_at"),
    ...columns("number", "player_card_id preset_id player_id"),
  },
  player_state_goaltarget: {
    ...columns("id", "id"),
    ...columns("text", "goal_type goal_key label notes"),
    ...columns("number", "target_level assumed_current_level player_id"),
    ...columns("time", "created_at updated_at"),
  },
  player_state_chartsnapshot: {
    ...columns("id", "id"),
    ...columns("text", "name"),
    ...columns("json", "config"),
    ...columns("number", "player_id"),
  },
  gamedata_battlereport: {
    ...columns("id", "id"),
    ...columns("text", "raw_text checksum"),
    ...columns("time", "parsed_at"),
    ...columns("number", "player_id"),
  },
  gamedata_battlereportprogress: {
    ...columns("id", "id"),
    ...columns("time", "battle_date"),
    ...columns("number", "tier wave real_time_seconds coins_earned cash_earned interest_earned"),
    ...columns("number", "gem_blocks_tapped cells_earned reroll_shards_earned"),
    ...columns("text", "killed_by coins_earned_raw cash_earned_raw interest_earned_raw"),
    ...columns("number", "battle_report_id preset_id"),
    ...columns("text", "preset_name_snapshot preset_color_snapshot tournament_rank"),
    ...columns("flag", "is_tournament is_hidden is_dissonance"),
    ...columns("text", "dissonance_type"),
    ...columns("json", "dissonance_levels_snapshot"),
    ...columns("number", "player_id"),
  },
  gamedata_battlereportderivedmetrics: {
    ...columns("id", "id"),
    ...columns("json", "values raw_values"),
    ...columns("number", "battle_report_id player_id"),
  },
  gamedata_runbot: run("bot"),
  gamedata_runguardian: run("guardian_chip"),
  gamedata_runcombatultimateweapon: run("ultimate_weapon"),
  gamedata_runutilityultimateweapon: run("ultimate_weapon"),
}

const quoted = (name: string) => `"${name}"`

const sqliteColumn = (name: string, type: Type): string => {
  const types = {
    id: "integer PRIMARY KEY",
    number: "bigint",
    flag: "bool",
    time: "datetime",
    date: "date",
    json: `text CHECK (JSON_VALID("${name}"))`,
    text: "text",
  }
  return `${quoted(name)} ${types[type]}`
}

const sqliteValue = (value: Value | undefined, type: Type): string | number | null => {
  if (value === undefined || value === null) return null
  if (typeof value === "boolean") return value ? 1 : 0
  if (type === "time" && typeof value === "string" && value.endsWith("Z"))
    return value.replace("T", " ").replace("Z", "").replace(".000000", "")
  return typeof value === "object" ? JSON.stringify(value) : value
}

/** Writes a site into an SQLite file, in place of one that is there. */
export const writeSqlite = (
  file: string,
  installation: Installation,
  schema: typeof djangoSchema = djangoSchema,
): void => {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(`${file}${suffix}`, { force: true })
  const database = new Database(file)
  // One transaction: each would wait for the disk.
  database.run("begin")
  for (const [table, own] of Object.entries(schema)) {
    const names = Object.entries(own).map(([name, type]) => sqliteColumn(name, type))
    database.run(`create table ${quoted(table)} (${names.join(", ")})`)
    const marks = Object.keys(own).map(() => "?")
    const insert = database.prepare(`insert into ${quoted(table)} values (${marks.join(", ")})`)
    for (const row of installation[table] ?? [])
      insert.run(...Object.entries(own).map(([name, type]) => sqliteValue(row[name], type)))
  }
  database.run("commit")
  database.close()
}

const postgresTypes: Readonly<Record<Type, string>> = {
  id: "bigint primary key",
  number: "bigint",
  flag: "boolean",
  time: "timestamptz",
  date: "date",
  json: "jsonb",
  text: "text",
}

/** Writes a site into the tables of a schema of a PostgreSQL database, in place of those there. */
export const writePostgres = async (
  sql: postgres.Sql,
  installation: Installation,
  schema = "public",
): Promise<void> => {
  for (const [table, own] of Object.entries(djangoSchema)) {
    const name = `${schema}.${table}`
    const types = Object.entries(own).map(
      ([column, type]) => `${quoted(column)} ${postgresTypes[type]}`,
    )
    await sql.unsafe(`drop table if exists ${name}; create table ${name} (${types.join(", ")})`)
    await sql`
      insert into ${sql(name)}
      select row.* from json_populate_recordset(null::${sql.unsafe(name)},
        ${JSON.stringify(installation[table] ?? [])}::text::json) as row`
  }
}
