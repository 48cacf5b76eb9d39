import { expect, test } from "bun:test"
import { join } from "node:path"
import * as fc from "fast-check"
import { onEachDatabase, type TestDatabase } from "../support/databases.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { cases, patience } from "../support/long-run.ts"
import { emptyTables } from "../support/reset.ts"
import { adoptFrom, fatesIn, select, verifyFrom } from "./adopting.ts"
import { anyInstallation } from "./any-installation.ts"
import { type DjangoRow, type Installation, writeSqlite } from "./django-site.ts"

const moment = (column: string, name = column.slice(column.indexOf(".") + 1)) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as ${name}`

const progress = (kind: string) => `
  select slug as ${kind}_slug, unlocked, active, notes, player_id, ${moment("updated_at")}
  from player_state.progress where kind = '${kind}'`
const parameters = (kind: string) => `
  select slug || ' ' || key as parameter, level, progress.player_id, ${moment("parameter_progress.updated_at")}
  from player_state.parameter_progress
  join player_state.progress on progress.id = progress_id where kind = '${kind}'`
const runs = (table: string, role: string) => `
  select notes, battle_report_id, player_id, slug from gamedata.${table} where ${role}`

/** What is in its place here, in the words of the site's tables. */
const inPlace: Readonly<Record<string, string>> = {
  auth_user: "select null where false",
  definitions_wikidata: `
    select id, page_url, canonical_name, entity_id, content_hash, raw_row, parse_version,
      deprecated, ${moment("first_seen")}, ${moment("last_seen")}
    from definitions.wiki_data`,
  player_state_player: `
    select player.id, case when display_name = username then '' else display_name end as display_name,
      account_id as user_id, card_slots_unlocked, guardian_chip_slots_unlocked,
      ${moment("created_at")}
    from player_state.player join player_state.account on account.id = account_id`,
  player_state_preset: `
    select id, name, notes, colour as color, player_id, ${moment("created_at")}
    from player_state.preset`,
  player_state_playercard: `
    select slug as card_slug, stars_unlocked, inventory_count, player_id, ${moment("updated_at")}
    from player_state.progress where kind = 'card'`,
  player_state_playerbot: progress("bot"),
  player_state_playerultimateweapon: progress("ultimate_weapon"),
  player_state_playerguardianchip: progress("guardian_chip"),
  player_state_playerbotparameter: parameters("bot"),
  player_state_playerultimateweaponparameter: parameters("ultimate_weapon"),
  player_state_playerguardianchipparameter: parameters("guardian_chip"),
  player_state_playercardpreset: `
    select preset_id, player_id, ${moment("created_at")} from player_state.progress_preset`,
  player_state_goaltarget: `
    select kind as goal_type, kind || ':' || slug || ':' || key as goal_key, label, notes,
      target_level, player_id, ${moment("created_at")}, ${moment("updated_at")}
    from player_state.goal`,
  player_state_chartsnapshot: "select null where false",
  gamedata_battlereport: `
    select id, raw_text, checksum, player_id, ${moment("parsed_at")} from gamedata.battle_report`,
  gamedata_battlereportprogress: `
    select nullif(tier, 0) as tier, wave, real_time_seconds, coins_earned, killed_by,
      coins_earned_raw, battle_report_id, preset_id, preset_name as preset_name_snapshot,
      preset_colour as preset_color_snapshot, tournament_rank, is_hidden, is_dissonance,
      dissonance_type, dissonance_levels as dissonance_levels_snapshot, player_id
    from gamedata.battle_report_progress`,
  gamedata_battlereportderivedmetrics: `
    select values, raw_values, battle_report_id, player_id from gamedata.battle_report_metrics`,
  gamedata_runbot: runs("run_bot", "true"),
  gamedata_runguardian: runs("run_guardian_chip", "true"),
  gamedata_runcombatultimateweapon: runs("run_ultimate_weapon", "role = 'combat'"),
  gamedata_runutilityultimateweapon: runs("run_ultimate_weapon", "role = 'utility'"),
}

const normal = (value: unknown): string =>
  value === null ||
  value === undefined ||
  value === "" ||
  value === false ||
  value === 0 ||
  value === "0"
    ? ""
    : typeof value === "object"
      ? JSON.stringify(Object.entries(value).toSorted())
      : String(value).toLowerCase()

const secrets = ["password", "email", "is_superuser", "is_staff"]

/** Keys of parameters by their numbers on the site, of each kind that has levels. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  player_state_playerbot: ["duration", "cooldown", "multiplier", "range"],
  player_state_playerultimateweapon: ["size", "duration", "cooldown"],
  player_state_playerguardianchip: ["recovery_amount", "cooldown", "max_recovery"],
}

/** What a row of a parameter's level says, its numbers put in words. */
const inWords = (installation: Installation, table: string, row: DjangoRow): DjangoRow => {
  const parentTable = table.replace(/parameter$/, "")
  const [owner] = Object.keys(row).flatMap((name) => /^player_(\w+)_id$/.exec(name)?.[1] ?? [])
  const parent = installation[parentTable]?.find(({ id }) => id === row[`player_${owner}_id`])
  const key = keysOf[parentTable]?.[Number(row.parameter_definition_id) - 1]
  const { level = null, player_id = null, updated_at = null } = row
  return { parameter: `${parent?.[`${owner}_slug`]} ${key}`, level, player_id, updated_at }
}

const matches = (row: DjangoRow, place: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(place).every(
    ([column, value]) => !(column in row) || normal(row[column]) === normal(value),
  )

/** The rows of an installation that are neither in their places nor aside, equal in what they say. */
const lostRows = async (
  database: TestDatabase,
  installation: Installation,
): Promise<readonly string[]> => {
  const kept = await select(
    database,
    "select source_table, source_id, row from towerstats.adopted_row",
  )
  const aside = new Map(
    kept.map(({ source_table, source_id, row }) => [`${source_table} ${source_id}`, Object(row)]),
  )
  const lost: string[] = []
  for (const [table, statement] of Object.entries(inPlace)) {
    const places = await select(database, statement)
    for (const row of installation[table] ?? []) {
      const copy: Readonly<Record<string, unknown>> | undefined = aside.get(`${table} ${row.id}`)
      const isAside =
        copy !== undefined &&
        Object.entries(row).every(
          ([column, value]) => secrets.includes(column) || normal(copy[column]) === normal(value),
        )
      const said = table.endsWith("parameter") ? inWords(installation, table, row) : row
      if (!isAside && !places.some((place) => matches(said, place)))
        lost.push(`${table} ${JSON.stringify(row)}`)
    }
  }
  return lost
}

onEachDatabase("any installation", (database) => {
  const folder = folderOfEachTest()
  test(
    "every row of any installation is found again after its adoption, in its place or aside",
    () =>
      fc.assert(
        fc.asyncProperty(anyInstallation, async (installation) => {
          await emptyTables(database.sql)
          const file = join(folder(), "db.sqlite3")
          writeSqlite(file, installation)
          const check = await adoptFrom(database, file, "check")
          const write = await adoptFrom(database, file, "write")
          expect(fatesIn(write)).toEqual(fatesIn(check))
          expect(await lostRows(database, installation)).toEqual([])
          expect((await verifyFrom(database, file)).problems).toEqual([])
          expect((await adoptFrom(database, file, "write")).changes).toBe(0)
        }),
        { numRuns: cases(3, 150), endOnFailure: true },
      ),
    patience,
  )
})
