import postgres from "postgres"
import { type BenchDatabase, sampleReport } from "./bench-database.ts"
import { type Figure, ratio, sampleOf } from "./measure.ts"
import { spoil, storeReadReports } from "./reparse.ts"

const players = 200
const clients = 4
const pauseMillis = 20

/** What the site does for a player, now with one of the player's reports and now with another. */
type Request = (sql: postgres.Sql, player: number, report: number) => Promise<unknown>

/** The site's requests, each as often as the others. */
const requestsOf = (text: string): readonly Request[] => [
  (sql, player) => sql`
    select battle_report_id, tier, wave, coins_earned, values
    from gamedata.battle_report_progress
    join gamedata.battle_report_metrics using (player_id, battle_report_id)
    where player_id = ${player} order by battle_report_id desc limit 20`,
  (sql, player, report) => sql`
    update gamedata.battle_report_progress set preset_name = ${`mine ${report}`}
    where player_id = ${player} and battle_report_id = ${report}`,
  (sql, player, report) => sql`
    update gamedata.battle_report_progress set is_hidden = not is_hidden
    where player_id = ${player} and battle_report_id = ${report}`,
  (sql, player, report) => sql`
    insert into gamedata.battle_report (player_id, raw_text, checksum)
    values (${player}, ${text}, encode(sha256(${`${report} ${crypto.randomUUID()}`}::bytea), 'hex'))`,
  (sql, player, report) => sql`
    update player_state.player set card_slots_unlocked = ${report % 20} where id = ${player}`,
]

const randomOf = <A>(items: readonly A[]): A | undefined =>
  items[Math.floor(Math.random() * items.length)]

/** Has clients of the site send requests until some work is done; returns how long each took. */
const beside = async <A>({ sql, url }: BenchDatabase, work: () => Promise<A>) => {
  const requests = requestsOf(await sampleReport())
  const reports = await sql<{ player: number; report: number }[]>`
    select player_id::integer as player, id::integer as report from gamedata.battle_report`
  const latencies: number[] = []
  let isDone = false
  const client = async () => {
    const own = postgres(url, { max: 1, onnotice: () => {} })
    await own`select 1`
    while (!isDone) {
      const [request, chosen] = [randomOf(requests), randomOf(reports)]
      if (request === undefined || chosen === undefined) throw new Error("there are no reports")
      const started = performance.now()
      await request(own, chosen.player, chosen.report)
      latencies.push(performance.now() - started)
      await Bun.sleep(Math.random() * 2 * pauseMillis)
    }
    await own.end()
  }
  const worked = work().finally(() => {
    isDone = true
  })
  const [result] = await Promise.all([worked, ...Array.from({ length: clients }, client)])
  latencies.sort((a, b) => a - b)
  const share = (of: number) => latencies[Math.floor(latencies.length * of)] ?? Number.NaN
  return { result, median: share(0.5), slow: share(0.99) }
}

/**
 * A reparse beside a site that reads and writes: what the site's requests take with it and without it,
 * and what the reparse takes with them and without them. A request that fails ends the bench.
 */
export const benchBusySite = async (
  database: BenchDatabase,
  reports: number,
  times: number,
): Promise<readonly Figure[]> => {
  await storeReadReports(database, reports, players)
  const reparse = async () => (await database.run("reparse-battle-reports", "--write")).milliseconds
  const round = async () => {
    await spoil(database)
    const alone = await reparse()
    const quiet = await beside(database, () => Bun.sleep(alone))
    await spoil(database)
    return { alone, quiet, busy: await beside(database, reparse) }
  }
  type Round = Awaited<ReturnType<typeof round>>
  const rounds: Round[] = []
  for (let time = 0; time < times; time++) rounds.push(await round())
  const both = (ours: (round: Round) => number, floor: (round: Round) => number) => {
    const samples = { ours: sampleOf(rounds.map(ours)), floor: sampleOf(rounds.map(floor)) }
    return { ...samples, unit: "ms", result: ratio(samples.ours, samples.floor) } as const
  }
  const took = both(
    ({ busy }) => busy.result,
    ({ alone }) => alone,
  )
  const perSecond = Math.round((reports / took.ours.median) * 1000)
  return [
    {
      name: "the site's median request beside a reparse",
      ...{ against: "the same without it", target: "none set" },
      ...both(
        ({ busy }) => busy.median,
        ({ quiet }) => quiet.median,
      ),
    },
    {
      name: "the site's slowest request of a hundred beside a reparse",
      ...{ against: "the same without it", target: "<= 2x" },
      ...both(
        ({ busy }) => busy.slow,
        ({ quiet }) => quiet.slow,
      ),
    },
    {
      name: `reparse of ${reports} reports beside a site, all rows change`,
      ...{ against: "the same alone", target: "none set" },
      ...took,
      result: `${took.result}, ${perSecond} reports/s`,
    },
  ]
}
