/**
 * `bun run bench [--quick] [--json] [--chart FILE]`: every figure of the suite beside what it is
 * measured against, on a real PostgreSQL (`TEST_DATABASE_URL`, else the local one). Needs psql.
 */
import { writeFile } from "node:fs/promises"
import { arch, cpus, platform, totalmem } from "node:os"
import { parseArgs } from "node:util"
import { createBenchDatabase, storeReports } from "./bench-database.ts"
import { drawChart, type Point } from "./chart.ts"
import { benchImport, benchIngest, benchStart, benchSync } from "./commands.ts"
import type { Figure, Sample } from "./measure.ts"
import { benchMemory, benchReparse } from "./reparse.ts"

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    chart: { type: "string" },
  },
})

const sizes = flags.quick
  ? { reports: 5_000, most: 20_000, imported: 2_000, players: 500, times: 1 }
  : { reports: 100_000, most: 1_000_000, imported: 20_000, players: 10_000, times: 3 }

const server = process.env.TEST_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres"
const database = await createBenchDatabase(server)

const step = <A>(name: string, work: Promise<A>): Promise<A> => {
  process.stderr.write(`${name} …\n`)
  return work
}

const speed = async (reports: number): Promise<Point> => {
  await storeReports(database, reports)
  const { milliseconds } = await database.run("reparse-battle-reports", "--write")
  return { reports, perSecond: (reports / milliseconds) * 1000 }
}

const measureAll = async (): Promise<ReadonlyArray<Figure>> => [
  await step("start", benchStart(5 * sizes.times)),
  await step("ingest", benchIngest(database, 2 * sizes.times)),
  await step("sync", benchSync(database, sizes.players, sizes.times)),
  await step("import", benchImport(database, sizes.imported, sizes.times)),
  ...(await step("reparse", benchReparse(database, sizes.reports, sizes.times))),
  await step("memory", benchMemory(database, 10_000, sizes.most)),
]

const text = ({ median, lowest, highest }: Sample, unit: string): string =>
  `${Math.round(median)} ${unit} (${Math.round(lowest)}–${Math.round(highest)})`

try {
  const figures = await measureAll()
  const [version] = await database.sql`show server_version`
  const machine = {
    processor: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    bun: Bun.version,
    postgresql: String(version?.server_version),
  }
  if (flags.chart !== undefined) {
    const points: Array<Point> = []
    for (const reports of [1_000, 3_000, 10_000, 30_000, 100_000])
      if (reports <= sizes.most) points.push(await step(`chart ${reports}`, speed(reports)))
    await writeFile(flags.chart, drawChart(points))
  }
  if (flags.json) process.stdout.write(`${JSON.stringify({ machine, sizes, figures }, null, 2)}\n`)
  else {
    process.stdout.write(
      `${Object.entries(machine)
        .map(([name, fact]) => `${name}: ${fact}`)
        .join(", ")}\n\n`,
    )
    process.stdout.write("| work | measured against | target | result | ours | floor |\n")
    process.stdout.write("| --- | --- | --- | --- | --- | --- |\n")
    for (const { name, against, target, result, ours, floor, unit } of figures)
      process.stdout.write(
        `| ${name} | ${against} | ${target} | ${result} | ${text(ours, unit)} | ${text(floor, unit)} |\n`,
      )
  }
} finally {
  await database.drop()
}
