import { startPgbouncer } from "../support/pgbouncer.ts"
import { type BenchDatabase, storeReports } from "./bench-database.ts"
import type { Point } from "./chart.ts"
import { type Figure, inTurns, ratio, sampleOf, timed } from "./measure.ts"

const batch = 500

/** Reads every text through a cursor and does nothing with it. */
const readTexts = ({ sql }: BenchDatabase) =>
  timed(async () => {
    await sql.unsafe("begin read only")
    await sql.unsafe(
      "declare texts no scroll cursor for select id, raw_text from gamedata.battle_report order by id desc",
    )
    while ((await sql.unsafe(`fetch ${batch} from texts`)).length > 0);
    await sql.unsafe("commit")
  })

/** Makes the derived rows say something else, so that a reparse has to write every one. */
export const spoil = async ({ sql }: BenchDatabase) => {
  await sql.unsafe(`
    begin;
    set local towerstats.maintenance = 'on';
    update gamedata.battle_report_progress set coins_earned = 1, read_by = 'old';
    update gamedata.battle_report_metrics set values = '{}';
    commit`)
  await sql.unsafe("vacuum gamedata.battle_report_progress, gamedata.battle_report_metrics")
}

/** Makes the database hold exactly this many reports, all of them read. */
export const storeReadReports = async (
  database: BenchDatabase,
  reports: number,
  players = 1,
): Promise<void> => {
  await storeReports(database, reports, players)
  await database.run("reparse-battle-reports", "--write")
}

/** Reparsing behind a pooler in transaction mode, all rows changing; nothing where there is no PgBouncer. */
export const benchPooler = async (
  database: BenchDatabase,
  reports: number,
  times: number,
): Promise<readonly Figure[]> => {
  if (Bun.which("pgbouncer") === null) return []
  const pooler = await startPgbouncer(database.url, { pool_mode: "transaction" })
  await storeReadReports(database, reports)
  const reparseAt = (address: string) => async () => {
    await spoil(database)
    return (await database.runAt(address)("reparse-battle-reports", "--write")).milliseconds
  }
  const both = await inTurns(
    times,
    reparseAt(pooler.through(database.url)),
    reparseAt(database.url),
  )
  await pooler.stop()
  return [
    {
      name: `reparse of ${reports} reports behind PgBouncer, all rows change`,
      against: "the same without it",
      target: "<= 1.2x",
      ...both,
      unit: "ms",
      result: ratio(both.ours, both.floor),
    },
  ]
}

const stage = async ({ sql }: BenchDatabase) => {
  await sql.unsafe("drop table if exists staged_progress, staged_metrics")
  await sql.unsafe("create table staged_progress as table gamedata.battle_report_progress")
  await sql.unsafe(`
    create table staged_metrics as
    select player_id, battle_report_id, values::text as values, raw_values::text as raw_values
    from gamedata.battle_report_metrics`)
  await sql.unsafe("vacuum analyze staged_progress, staged_metrics")
}

/** The same rows from a staging table, as the texts that any client has to send, in one statement. */
const writeStaged = async (database: BenchDatabase) => {
  const { sql } = database
  await spoil(database)
  return timed(() =>
    sql.unsafe(`
      begin;
      insert into gamedata.battle_report_progress select * from staged_progress
      on conflict (player_id, battle_report_id) do update set
        coins_earned = excluded.coins_earned, read_by = excluded.read_by;
      insert into gamedata.battle_report_metrics
      select player_id, battle_report_id, values::jsonb, raw_values::jsonb from staged_metrics
      on conflict (player_id, battle_report_id) do update set
        values = excluded.values, raw_values = excluded.raw_values;
      commit`),
  )
}

/** Reparsing with all rows changing, and with none. */
export const benchReparse = async (
  database: BenchDatabase,
  reports: number,
  times: number,
): Promise<readonly Figure[]> => {
  await storeReadReports(database, reports)
  await stage(database)
  const reparse = async () => (await database.run("reparse-battle-reports", "--write")).milliseconds
  const changing = await inTurns(
    times,
    async () => {
      await spoil(database)
      return reparse()
    },
    async () => (await readTexts(database)) + (await writeStaged(database)),
  )
  await reparse()
  const idle = await inTurns(times, reparse, () => readTexts(database))
  return [
    {
      name: `reparse of ${reports} reports, all rows change`,
      against: "reading the texts, and one INSERT … SELECT of the same rows",
      target: "<= 1.5x",
      ...changing,
      unit: "ms",
      result: ratio(changing.ours, changing.floor),
    },
    {
      name: `reparse of ${reports} reports, nothing changes`,
      against: "reading the texts",
      target: "<= 2x",
      ...idle,
      unit: "ms",
      result: ratio(idle.ours, idle.floor),
    },
  ]
}

/** The memory of a reparse, small and large, all rows being written. */
export const benchMemory = async (
  database: BenchDatabase,
  small: number,
  large: number,
): Promise<Figure> => {
  const memory = async (reports: number) => {
    await storeReports(database, reports)
    return sampleOf([(await database.run("reparse-battle-reports", "--write")).megabytes])
  }
  const floor = await memory(small)
  const ours = await memory(large)
  return {
    name: `memory of a reparse of ${large} reports`,
    against: `the same of ${small} reports`,
    target: "within 20 %, < 256 MB",
    ours,
    floor,
    unit: "MB",
    result: ratio(ours, floor),
  }
}

/** How many reports a second a first reading takes in, for some numbers of reports. */
export const reparseSpeeds = async (
  database: BenchDatabase,
  counts: readonly number[],
): Promise<readonly Point[]> => {
  const points: Point[] = []
  for (const reports of counts) {
    await storeReports(database, reports)
    const { milliseconds } = await database.run("reparse-battle-reports", "--write")
    points.push({ reports, perSecond: (reports / milliseconds) * 1000 })
  }
  return points
}
