import type { BenchDatabase } from "./bench-database.ts"
import { type Figure, ratio, sampleOf } from "./measure.ts"
import { spoil, storeReadReports } from "./reparse.ts"

const players = 200

/** Reparsing in two processes against one: the time, and the memory of the larger process. */
export const benchJobs = async (
  database: BenchDatabase,
  reports: number,
  times: number,
): Promise<readonly Figure[]> => {
  await storeReadReports(database, reports, players)
  const reparse = async (jobs: string) => {
    await spoil(database)
    return database.run("reparse-battle-reports", "--jobs", jobs, "--write")
  }
  type Run = Awaited<ReturnType<typeof reparse>>
  const one: Run[] = []
  const two: Run[] = []
  for (let time = 0; time < times; time++) {
    one.push(await reparse("1"))
    two.push(await reparse("2"))
  }
  const both = (measured: "milliseconds" | "megabytes") => {
    const floor = sampleOf(one.map((run) => run[measured]))
    const ours = sampleOf(two.map((run) => run[measured]))
    return { ours, floor, result: ratio(ours, floor) }
  }
  const against = "the same in one process"
  return [
    {
      name: `reparse of ${reports} reports of ${players} players with --jobs 2, all rows change`,
      ...{ against, target: "<= 1x", unit: "ms" },
      ...both("milliseconds"),
    },
    {
      name: "memory of the larger process with --jobs 2",
      ...{ against, target: "< 256 MB", unit: "MB" },
      ...both("megabytes"),
    },
  ]
}
