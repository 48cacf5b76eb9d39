import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { type BenchDatabase, sampleReport } from "./bench-database.ts"
import { type Figure, inTurns, ratio, type Sample, sampleOf, timed } from "./measure.ts"
import { psql, runProcess } from "./process.ts"

/** Writes many reports, each of another wave, into one file of a folder of its own. */
const reportFile = async (reports: number) => {
  const folder = await mkdtemp(join(tmpdir(), "bench-import-"))
  const sample = await sampleReport()
  const texts = Array.from({ length: reports }, (_, index) =>
    sample.replace("1342", String(index + 1)),
  )
  const file = join(folder, "reports.txt")
  await writeFile(file, texts.join(""))
  return { file, folder, texts }
}

const importFile = async ({ sql, run }: BenchDatabase, file: string) => {
  await sql.unsafe("truncate gamedata.battle_report cascade")
  return run("import-battle-reports", "--player", "bench", file, "--write")
}

/** Keeps the imported rows aside, as the texts that any client has to send. */
const stage = async ({ sql }: BenchDatabase) => {
  await sql.unsafe(`
    drop table if exists staged_report, staged_progress, staged_metrics, staged_bot;
    create table staged_report as
    select id, player_id, raw_text, checksum, parsed_at from gamedata.battle_report;
    create table staged_progress as table gamedata.battle_report_progress;
    create table staged_metrics as
    select player_id, battle_report_id, values::text as values, raw_values::text as raw_values
    from gamedata.battle_report_metrics;
    create table staged_bot as table gamedata.run_bot`)
  await sql.unsafe("vacuum analyze staged_report, staged_progress, staged_metrics, staged_bot")
}

/** The same rows from the staging tables, with one statement for each table. */
const writeStaged = async ({ sql }: BenchDatabase) => {
  await sql.unsafe("truncate gamedata.battle_report cascade")
  return timed(() =>
    sql.unsafe(`
      begin;
      insert into gamedata.battle_report (id, player_id, raw_text, checksum, parsed_at)
        overriding system value
      select id, player_id, raw_text, checksum, parsed_at from staged_report;
      insert into gamedata.battle_report_progress select * from staged_progress;
      insert into gamedata.battle_report_metrics (player_id, battle_report_id, values, raw_values)
      select player_id, battle_report_id, values::jsonb, raw_values::jsonb from staged_metrics;
      insert into gamedata.run_bot select * from staged_bot;
      commit`),
  )
}

const readReports = resolve(import.meta.dir, "read-reports.ts")

/** How long COPY of the texts alone takes. */
const copyTexts = async (
  { sql, url }: BenchDatabase,
  { folder, texts }: { readonly folder: string; readonly texts: readonly string[] },
): Promise<Sample> => {
  const file = join(folder, "copied.txt")
  const rows = texts.map((text) => text.replaceAll("\t", "\\t").replaceAll("\n", "\\n"))
  await writeFile(file, rows.join("\n"))
  await sql.unsafe("create table if not exists copied_reports (raw_text text)")
  await sql.unsafe("truncate copied_reports")
  return sampleOf([await timed(() => psql(url, `\\copy copied_reports from '${file}'`))])
}

/**
 * Importing reports from one file, against reading them in a process of its own and writing the same
 * rows; and COPY of the texts alone beside it, for the record.
 */
export const benchImport = async (
  database: BenchDatabase,
  reports: number,
  times: number,
): Promise<readonly Figure[]> => {
  const reportsInFile = await reportFile(reports)
  const { file, folder } = reportsInFile
  await importFile(database, file)
  await stage(database)
  const both = await inTurns(
    times,
    async () => (await importFile(database, file)).milliseconds,
    async () =>
      (await timed(() => runProcess("read-reports.ts", [process.execPath, readReports, file]))) +
      (await writeStaged(database)),
  )
  const copied = await copyTexts(database, reportsInFile)
  await rm(folder, { recursive: true })
  const name = `import of ${reports} reports, everything derived from them included`
  return [
    {
      name,
      against: "reading them without storing, and one INSERT … SELECT of the same rows",
      target: "<= 1.5x",
      ...both,
      unit: "ms",
      result: ratio(both.ours, both.floor),
    },
    {
      name,
      against: "COPY of the texts alone",
      target: "none set",
      ours: both.ours,
      floor: copied,
      unit: "ms",
      result: ratio(both.ours, copied),
    },
  ]
}

/** The memory of an import of a small and of a large file. */
export const benchImportMemory = async (
  database: BenchDatabase,
  small: number,
  large: number,
): Promise<Figure> => {
  const memory = async (reports: number) => {
    const { file, folder } = await reportFile(reports)
    const { megabytes } = await importFile(database, file)
    await rm(folder, { recursive: true })
    return sampleOf([megabytes])
  }
  const floor = await memory(small)
  const ours = await memory(large)
  return {
    name: `memory of an import of ${large} reports in one file`,
    against: `the same of ${small} reports`,
    target: "within 20 %, < 256 MB",
    ours,
    floor,
    unit: "MB",
    result: ratio(ours, floor),
  }
}
