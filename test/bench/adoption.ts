import { writePostgres } from "../adoption/django-site.ts"
import { smallSite } from "../adoption/small-site.ts"
import { type BenchDatabase, storeReports } from "./bench-database.ts"
import { type Figure, inTurns, ratio, sampleOf, timed } from "./measure.ts"

const batch = 500

export const emptyTarget = async ({ sql }: BenchDatabase) => {
  await sql.unsafe(
    "truncate player_state.account, gamedata.battle_report, towerstats.adopted_row, towerstats.adoption cascade",
  )
}

/** A Django site in the database's public schema, with this many reports of one player. */
export const writeSite = async (database: BenchDatabase, reports: number) => {
  const { sql, run } = database
  await storeReports(database, 1)
  await run("reparse-battle-reports", "--write")
  const [figures] = await sql`
    select raw_text, values::text as values, raw_values::text as raw_values
    from gamedata.battle_report_metrics
    join gamedata.battle_report on battle_report.id = battle_report_id`
  await writePostgres(sql, { ...smallSite, gamedata_battlereport: [] })
  await sql`
    insert into gamedata_battlereport (id, raw_text, checksum, parsed_at, player_id)
    select number, ${figures?.raw_text}::text || number, encode(sha256(number::text::bytea), 'hex'),
      now(), 7
    from generate_series(1, ${reports}::integer) as number`
  await sql.unsafe(`
    truncate gamedata_battlereportprogress, gamedata_battlereportderivedmetrics, gamedata_runbot,
      gamedata_runguardian, gamedata_runcombatultimateweapon, gamedata_runutilityultimateweapon;
    insert into gamedata_battlereportprogress (
      id, battle_report_id, player_id, tier, wave, real_time_seconds, coins_earned,
      coins_earned_raw, killed_by, preset_id, preset_name_snapshot, preset_color_snapshot,
      is_tournament
    )
    select id, id, 7, 11, id, 3600, 4240000, '4.24M', 'Boss', 9, 'Farming', 'teal', false
    from gamedata_battlereport;
    insert into gamedata_runbot (id, notes, battle_report_id, bot_definition_id, player_id)
    select id, '', id, 1, 7 from gamedata_battlereport`)
  await sql`
    insert into gamedata_battlereportderivedmetrics (
      id, battle_report_id, player_id, values, raw_values
    )
    select id, id, 7, ${figures?.values}::text::jsonb, ${figures?.raw_values}::text::jsonb
    from gamedata_battlereport`
  const children = [
    ...["battlereportprogress", "battlereportderivedmetrics", "runbot", "runguardian"],
    ...["runcombatultimateweapon", "runutilityultimateweapon"],
  ]
  for (const table of children)
    await sql.unsafe(`create index on gamedata_${table} (battle_report_id)`)
  await sql.unsafe("vacuum analyze")
}

/** Reads the rows of a table through a cursor and does nothing with them. */
const read = async ({ sql }: BenchDatabase, columns: string, table: string) => {
  await sql.unsafe("begin read only")
  await sql.unsafe(`declare rows no scroll cursor for select ${columns} from ${table}`)
  while ((await sql.unsafe(`fetch ${batch} from rows`)).length > 0);
  await sql.unsafe("commit")
}

const readSite = (database: BenchDatabase) =>
  timed(async () => {
    await read(database, "id, player_id, raw_text, checksum, parsed_at", "gamedata_battlereport")
    await read(database, "*", "gamedata_battlereportprogress")
    await read(
      database,
      "battle_report_id, values::text, raw_values::text",
      "gamedata_battlereportderivedmetrics",
    )
    await read(database, "*", "gamedata_runbot")
  })

/** The same rows by one statement for each table; JSON as the texts that any client has to send. */
const insertSelected = async (database: BenchDatabase) => {
  const { sql } = database
  await emptyTarget(database)
  await sql.unsafe(`
    insert into player_state.account (id, username) overriding system value values (5, 'alice');
    insert into player_state.player (id, account_id, display_name) overriding system value
    values (7, 5, 'Alice');
    insert into player_state.preset (id, player_id, name) overriding system value
    values (9, 7, 'Farming')`)
  return timed(() =>
    sql.unsafe(`
      begin;
      insert into gamedata.battle_report (id, player_id, raw_text, checksum, parsed_at)
      overriding system value
      select id, player_id, raw_text, checksum, parsed_at from gamedata_battlereport order by id;
      insert into gamedata.battle_report_progress (
        battle_report_id, player_id, tier, wave, real_time_seconds, coins_earned, coins_earned_raw,
        killed_by, preset_id, preset_name, preset_colour, is_tournament
      )
      select battle_report_id, player_id, tier, wave, real_time_seconds, coins_earned,
        coins_earned_raw, killed_by, preset_id, preset_name_snapshot, preset_color_snapshot,
        is_tournament
      from gamedata_battlereportprogress order by id;
      insert into gamedata.battle_report_metrics (battle_report_id, player_id, values, raw_values)
      select battle_report_id, player_id, values::text::jsonb, raw_values::text::jsonb
      from gamedata_battlereportderivedmetrics order by id;
      insert into gamedata.run_bot (battle_report_id, player_id, slug, definition_id)
      select battle_report_id, player_id, 'golden_bot', definition.id
      from gamedata_runbot cross join definitions.definition
      where definition.kind = 'bot' and slug = 'golden_bot';
      commit`),
  )
}

/** Adopting a site with many reports, its memory too. */
export const benchAdoption = async (
  database: BenchDatabase,
  reports: number,
  times: number,
): Promise<readonly Figure[]> => {
  await writeSite(database, reports)
  const memory: number[] = []
  const both = await inTurns(
    times,
    async () => {
      await emptyTarget(database)
      const { milliseconds, megabytes } = await database.run(
        "adopt",
        ...["--from", database.url, "--write"],
      )
      memory.push(megabytes)
      return milliseconds
    },
    async () => (await readSite(database)) + (await insertSelected(database)),
  )
  const most = sampleOf(memory)
  return [
    {
      name: `adoption of ${reports} reports from PostgreSQL, verified`,
      against: "reading them, and one INSERT … SELECT of the same rows",
      target: "<= 1.5x",
      ...both,
      unit: "ms",
      result: ratio(both.ours, both.floor),
    },
    {
      name: `memory of an adoption of ${reports} reports`,
      against: "256 MB",
      target: "< 256 MB",
      ours: most,
      floor: sampleOf([256]),
      unit: "MB",
      result: `${Math.round(most.median)} MB`,
    },
  ]
}
