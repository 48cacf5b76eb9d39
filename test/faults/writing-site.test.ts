import { expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import type postgres from "postgres"
import { execute } from "../../lib/database/query.ts"
import { onServer } from "../support/databases.ts"
import { isOver, type RunningScript, runScript, startCommand } from "../support/scripts.ts"
import { withSql } from "../support/sessions.ts"
import { storeUnread } from "../support/unread-reports.ts"

const stored = 1_500

// Every report is to be read; each of the players has a part of them.
const fill = Effect.andThen(
  storeUnread(3, stored),
  Effect.forEach(
    [
      `insert into gamedata.battle_report_progress (player_id, battle_report_id, wave)
        select player_id, id, 1 from gamedata.battle_report where id % 2 = 0`,
      `insert into gamedata.battle_report_metrics (player_id, battle_report_id, values, raw_values)
        select player_id, id, '{}', '{}' from gamedata.battle_report where id % 3 = 0`,
    ],
    (statement) => execute((sql) => sql.unsafe(statement)),
  ),
)

/** Numbers up to a limit that look random and are the same each time. */
const numbers = (seed: number) => {
  let state = seed
  return (limit: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return 1 + (state % limit)
  }
}

onServer("a reparse beside a site that writes", (database) => {
  const environment = () => ({ DATABASE_URL: database.url })

  /** What the site does again and again, to one report after the other. */
  const acts: Readonly<Record<string, (id: number, count: number) => string>> = {
    "inserts a report": (_, count) => `
      insert into gamedata.battle_report (player_id, raw_text, checksum)
      values (1 + ${count} % 3, E'Battle Report\\nTier\\t3\\nWave\\t${count}\\n', lpad('a${count}', 64, '0'))`,
    "sets a preset by hand": (id, count) => `
      update gamedata.battle_report_progress set preset_name = 'mine ${count}'
      where battle_report_id = ${id}`,
    "changes a wave": (id) => `
      update gamedata.battle_report_progress set wave = 7 where battle_report_id = ${id}`,
    "changes metrics": (id) => `
      update gamedata.battle_report_metrics set values = '{"wrong": 1}' where battle_report_id = ${id}`,
    "forgets a bot": (id) => `delete from gamedata.run_bot where battle_report_id = ${id}`,
    "puts a text right": (id, count) => `
      update gamedata.battle_report
      set raw_text = regexp_replace(raw_text, 'Wave\\s\\d+', E'Wave\\t${count}') where id = ${id}`,
    "deletes a report": (id) =>
      `delete from gamedata.battle_report where id = ${id} and id % 10 = 0`,
    "changes a time zone": (_, count) => `
      update player_state.player set time_zone = ${count % 2 === 0 ? "'UTC'" : "'Asia/Tokyo'"}
      where id = 3 and ${count} % 20 < 2`,
  }

  const act = async (
    sql: postgres.Sql,
    script: RunningScript,
    statement: (id: number, count: number) => string,
    seed: number,
  ) => {
    const next = numbers(seed)
    let slowest = 0
    for (let count = 1; !(await isOver(script)); count++) {
      const started = performance.now()
      // Each holds its rows for a while, as a request does.
      await sql.begin(async (own) => {
        await own.unsafe(statement(next(stored), count))
        await Bun.sleep(count % 10 === 0 ? 100 : 2)
      })
      slowest = Math.max(slowest, performance.now() - started)
    }
    return slowest
  }

  const reparse = async (...flags: readonly string[]) => {
    const { exitCode, stdout, stderr } = await runScript(
      "reparse-battle-reports",
      [...flags, "--json"],
      environment(),
    )
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
    return JSON.parse(stdout)
  }

  test("a reparse beside a writing site ends, keeps what the site wrote, and leaves no stale reading", async () => {
    await database.run(fill)
    const script = startCommand("reparse-battle-reports", ["--write"], environment())
    await Promise.all(
      Object.values(acts).map((statement, seed) =>
        withSql(database.url, (sql) => act(sql, script, statement, seed + 1)),
      ),
    )
    const { exitCode, stderr } = await script.outcome
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
    expect(stderr).not.toContain("locked")
    // What the site has changed since is read now; and no mark is on a reading of something else.
    await reparse("--write")
    await database.sql`update gamedata.battle_report_progress set read_by = null`
    const { total, changes } = await reparse("--check")
    expect(changes).toBe(0)
    expect(total.unchanged).toBe(total.processed)
  })

  test("a reparse keeps every preset that the site sets meanwhile", async () => {
    await database.run(fill)
    await database.sql`
      insert into gamedata.battle_report_progress (player_id, battle_report_id)
      select player_id, id from gamedata.battle_report on conflict do nothing`
    const script = startCommand("reparse-battle-reports", ["--write"], environment())
    let count = 0
    while (!(await isOver(script))) {
      count += 1
      await database.sql`
        update gamedata.battle_report_progress set preset_name = ${`mine ${count}`}
        where battle_report_id = ${1 + (count % stored)}`
    }
    expect(await script.outcome).toMatchObject({ exitCode: 0, stderr: "" })
    const [kept] = await database.sql<{ count: number }[]>`
      select count(*)::integer as count from gamedata.battle_report_progress
      where preset_name is not null`
    expect(kept?.count).toBe(Math.min(count, stored))
    const [read] = await database.sql<{ count: number }[]>`
      select count(*)::integer as count from gamedata.battle_report_progress where read_by is not null`
    expect(read?.count).toBe(stored)
  })

  test("a reparse reads what the site held locked once it is free, and names what stays locked", async () => {
    await database.run(fill)
    const held = [5, 300, stored]
    const outcome = await withSql(database.url, (site) =>
      site.begin(async (sql) => {
        await sql`select from gamedata.battle_report where id in ${sql(held)} for key share`
        return runScript(
          "reparse-battle-reports",
          ["--write", "--lock-timeout", "0.3"],
          environment(),
        )
      }),
    )
    expect(outcome).toMatchObject({ exitCode: 0 })
    expect(outcome.stdout).toContain(`processed=${stored}`)
    expect(outcome.stdout).toContain("still_locked=3")
    expect(outcome.stderr).toContain("Another session keeps 3 report(s) locked: ")
    for (const id of held) expect(outcome.stderr).toMatch(new RegExp(`[ ,]${id}[,.]`))
    expect((await reparse("--write")).total).toMatchObject({
      processed: stored,
      unchanged: stored - 3,
      still_locked: 0,
    })
  })

  test("a reparse waits for rows that the site unlocks in time", async () => {
    await database.run(fill)
    await withSql(database.url, async (site) => {
      const script = startCommand("reparse-battle-reports", ["--write"], environment())
      await site.begin(async (sql) => {
        await sql`select from gamedata.battle_report where id % 100 = 0 for key share`
        const read = () => database.sql`
          select from gamedata.battle_report_progress where read_by is not null`
        while ((await read()).length < stored - stored / 100) await Bun.sleep(20)
      })
      expect(await script.outcome).toMatchObject({ exitCode: 0, stderr: "" })
    })
    expect((await reparse("--check")).changes).toBe(0)
  })
})
