import { resolve } from "node:path"
import postgres from "postgres"
import { mostMemory } from "./process.ts"

const scripts = resolve(import.meta.dir, "../../scripts")
const demo = resolve(import.meta.dir, "../../lib/demo")

/** Runs a command on the database and gives what the process took. Fails loudly. */
type Run = (
  command: string,
  ...flags: readonly string[]
) => Promise<{ readonly milliseconds: number; readonly megabytes: number }>

/** A database of the bench's own, on a real server. */
export interface BenchDatabase {
  readonly sql: postgres.Sql
  readonly url: string
  readonly run: Run
  /** The same by another address, such as a pooler's. */
  readonly runAt: (address: string) => Run
  readonly drop: () => Promise<void>
}

/** Creates a migrated database with the demo's definitions and one player. */
export const createBenchDatabase = async (server: string): Promise<BenchDatabase> => {
  const name = `towerstats_bench_${process.pid}`
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name}`)
  const own = new URL(server)
  own.pathname = name
  const url = own.href
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} })

  const runAt: BenchDatabase["runAt"] =
    (address) =>
    async (command, ...flags) => {
      const start = performance.now()
      const child = Bun.spawn([process.execPath, resolve(scripts, `${command}.ts`), ...flags], {
        env: { ...process.env, DATABASE_URL: address },
        stdin: "ignore",
        stdout: "ignore",
        stderr: "pipe",
      })
      const errors = new Response(child.stderr).text()
      const [exitCode, megabytes] = await Promise.all([child.exited, mostMemory(child)])
      const milliseconds = performance.now() - start
      if (exitCode !== 0) throw new Error(`${command} ${flags.join(" ")}: ${await errors}`)
      return { milliseconds, megabytes }
    }

  const run = runAt(url)
  await run("migrate", "--write")
  await run("rebuild-wiki-definitions", "--from", resolve(demo, "wiki"), "--write")
  await run("players", "add", "bench")
  return {
    sql,
    url,
    run,
    runAt,
    drop: async () => {
      await sql.end()
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

/** The text of one of the demo's battle reports, of the size that players' reports have. */
export const sampleReport = (): Promise<string> =>
  Bun.file(resolve(demo, "battle-reports/2026-01-25-tier-7.txt")).text()

/**
 * Makes the database hold exactly this many reports, each of another wave, none of them read; so many
 * players have them in turns.
 */
export const storeReports = async (
  { sql }: BenchDatabase,
  count: number,
  players = 1,
): Promise<void> => {
  await sql.unsafe("truncate gamedata.battle_report cascade")
  await sql`
    insert into player_state.account (username)
    select 'player ' || number from generate_series(1, ${players - 1}::integer) as number
    on conflict do nothing`
  await sql`
    insert into player_state.player (account_id, display_name)
    select id, username from player_state.account on conflict do nothing`
  await sql`
    insert into gamedata.battle_report (player_id, raw_text, checksum)
    select owner.id,
      replace(${await sampleReport()}::text, '1342', (number % 9000 + 1000)::text),
      encode(sha256(number::text::bytea), 'hex')
    from generate_series(1, ${count}::integer) as number
    join (
      select id, row_number() over (order by id) as place from player_state.player
    ) as owner on place = 1 + number % ${players}::integer`
  await sql.unsafe("vacuum analyze gamedata.battle_report, player_state.player")
}
