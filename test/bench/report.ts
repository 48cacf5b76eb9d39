import { mkdtemp, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { BenchDatabase } from "./bench-database.ts"
import { type Figure, ratio, sampleOf } from "./measure.ts"

/** Makes the database hold this many runs of this many players: three years, all tiers, and patches. */
const storeRuns = async ({ sql }: BenchDatabase, runs: number, players: number): Promise<void> => {
  await sql.unsafe("truncate gamedata.battle_report cascade")
  await sql`
    insert into player_state.account (username)
    select 'runner ' || number from generate_series(1, ${players}::integer) as number
    on conflict do nothing`
  await sql`
    insert into player_state.player (account_id, display_name)
    select id, username from player_state.account on conflict do nothing`
  await sql`
    insert into definitions.patch_boundary (boundary_date, label)
    select date '2024-01-01' + 90 * number, 'v' || number
    from generate_series(1, 12) as number on conflict do nothing`
  await sql`
    insert into gamedata.battle_report (player_id, raw_text, checksum, parsed_at)
    select runner.id, 'a run', encode(sha256(number::text::bytea), 'hex'), now()
    from generate_series(1, ${runs}::integer) as number
    join (
      select id, row_number() over (order by id) as place from player_state.player
      where display_name like 'runner %'
    ) as runner on place = 1 + number % ${players}::integer`
  await sql`
    insert into gamedata.battle_report_progress (
      player_id, battle_report_id, battle_date, tier, wave, real_time_seconds, coins_earned,
      is_tournament, not_understood
    )
    select player_id, id, timestamptz '2024-01-01 UTC' + interval '11 minutes' * (id * 7919 % 140000),
      1 + id % 21, 100 + id * 31 % 9000, 3600 + id % 40000, 10 ^ (6 + id % 12) * (1 + id % 97),
      id % 20 = 0,
      case when id % 10 = 0
        then jsonb_build_object('labels', jsonb_build_array(jsonb_build_array('Label ' || id % 90, '1')))
      end
    from gamedata.battle_report`
  await sql.unsafe("vacuum analyze gamedata.battle_report, gamedata.battle_report_progress")
}

/** The report of many runs, with a part for each player: its time, its memory and its size. */
export const benchReport = async (
  database: BenchDatabase,
  runs: number,
  players: number,
  times: number,
): Promise<readonly Figure[]> => {
  const folder = await mkdtemp(join(tmpdir(), "bench-report-"))
  const file = join(folder, "report.html")
  const measure = async (count: number) => {
    await storeRuns(database, count, players)
    const took = []
    for (let time = 0; time < times; time++)
      took.push(await database.run("report", "--players", "--out", file))
    return {
      milliseconds: sampleOf(took.map(({ milliseconds }) => milliseconds)),
      megabytes: sampleOf(took.map(({ megabytes }) => megabytes)),
      size: sampleOf([(await stat(file)).size / 1e3]),
    }
  }
  const floor = await measure(players)
  const ours = await measure(runs)
  await rm(folder, { recursive: true })
  const figure = (
    what: string,
    measured: "milliseconds" | "megabytes" | "size",
    unit: Figure["unit"],
    target: string,
  ): Figure => ({
    name: `${what} of a report of ${runs} runs, ${players} players`,
    against: `the same of ${players} runs`,
    ...{ target, unit },
    ...{ ours: ours[measured], floor: floor[measured] },
    result: ratio(ours[measured], floor[measured]),
  })
  return [
    figure("time", "milliseconds", "ms", "< 5000 ms"),
    figure("memory", "megabytes", "MB", "< 256 MB"),
    figure("size", "size", "kB", "< 2000 kB"),
  ]
}
