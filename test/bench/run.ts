/**
 * `bun run bench [--quick] [--only NAME]… [--json] [--chart FILE]`: every figure of the suite beside
 * what it is measured against, on a real PostgreSQL (`TEST_DATABASE_URL`, else the local one). Needs
 * psql.
 */
import { writeFile } from "node:fs/promises"
import { parseArgs } from "node:util"
import { benchAdoption } from "./adoption.ts"
import { createBenchDatabase } from "./bench-database.ts"
import { benchBusySite } from "./busy-site.ts"
import { drawChart } from "./chart.ts"
import { benchIngest, benchStart, benchSync } from "./commands.ts"
import { benchImport, benchImportMemory } from "./import.ts"
import { benchJobs } from "./jobs.ts"
import type { Figure } from "./measure.ts"
import { machineOf, table } from "./print.ts"
import { benchReading } from "./reading.ts"
import { benchMemory, benchPooler, benchReparse, reparseSpeeds } from "./reparse.ts"
import { benchReport } from "./report.ts"

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
    chart: { type: "string" },
  },
})

const sizes = flags.quick
  ? { reports: 5_000, most: 20_000, imported: 2_000, players: 1_000, times: 1 }
  : { reports: 100_000, most: 1_000_000, imported: 20_000, players: 10_000, times: 3 }

const server = process.env.TEST_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres"
const database = await createBenchDatabase(server)

const benches: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  start: async () => [await benchStart(5 * sizes.times)],
  ingest: async () => [await benchIngest(database, 2 * sizes.times)],
  sync: async () => [await benchSync(database, sizes.players, sizes.times)],
  reading: async () => [await benchReading(sizes.imported, sizes.times)],
  import: () => benchImport(database, sizes.imported, sizes.times),
  "import memory": async () => [await benchImportMemory(database, 2_000, 20_000)],
  reparse: () => benchReparse(database, sizes.reports, sizes.times),
  report: () => benchReport(database, sizes.reports, sizes.players / 200, sizes.times),
  pooler: () => benchPooler(database, sizes.reports / 5, sizes.times),
  jobs: () => benchJobs(database, sizes.reports / 2, sizes.times),
  "busy site": () => benchBusySite(database, sizes.reports / 2, sizes.times),
  memory: async () => [await benchMemory(database, 10_000, sizes.most)],
  // The last, because it takes the other benches' player away.
  adoption: () => benchAdoption(database, sizes.reports, sizes.times),
}

const measure = async (names: readonly string[]): Promise<readonly Figure[]> => {
  const figures: Figure[] = []
  for (const name of names) {
    process.stderr.write(`${name} …\n`)
    const bench = benches[name]
    if (bench === undefined)
      throw new Error(`No bench ${name}; there are ${Object.keys(benches).join(", ")}.`)
    figures.push(...(await bench()))
  }
  return figures
}

try {
  const figures = await measure(flags.only ?? Object.keys(benches))
  const machine = await machineOf(database)
  if (flags.chart !== undefined) {
    const counts = [1_000, 3_000, 10_000, 30_000, 100_000].filter((count) => count <= sizes.most)
    await writeFile(flags.chart, drawChart(await reparseSpeeds(database, counts)))
  }
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ machine, sizes, figures }, null, 2)}\n`
      : table(machine, figures),
  )
} finally {
  await database.drop()
}
