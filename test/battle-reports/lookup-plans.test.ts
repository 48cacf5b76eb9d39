import { expect, test } from "bun:test"
import { claimReports } from "../../lib/battle-reports/reparse/claim-reports.ts"
import { nextSlice, reportsWith } from "../../lib/battle-reports/reparse/stored-reports.ts"
import { readCommitted } from "../../lib/database/transaction.ts"
import { onServer } from "../support/databases.ts"
import { plansOf } from "../support/explain.ts"

const reports = 2_000

const player = `
  insert into player_state.account (username) values ('alice');
  insert into player_state.player (account_id, display_name)
    select id, username from player_state.account;`

const reportsOfPlayer = (count: number) => `
  insert into gamedata.battle_report (player_id, raw_text, checksum)
    select player.id, 'text', encode(sha256(number::text::bytea), 'hex')
    from player_state.player, generate_series(1, ${count}) as number;
  insert into gamedata.battle_report_progress (player_id, battle_report_id)
    select player_id, id from gamedata.battle_report;
  insert into gamedata.battle_report_metrics (player_id, battle_report_id, values, raw_values)
    select player_id, id, '{}', '{}' from gamedata.battle_report;
  insert into gamedata.run_bot (player_id, battle_report_id, slug)
    select player_id, id, 'golden_bot' from gamedata.battle_report;`

/** The conditions by which a plan looks up rows of battle reports, or of what hangs on them. */
const conditionsIn = (plan: string): readonly string[] =>
  [
    ...plan.matchAll(
      /Scan using \w+ on gamedata\.[^\n]+(?:\n *Output:[^\n]+)?\n *Index Cond: (.+)/g,
    ),
  ].map(([, condition = ""]) => condition)

// As after an adoption or a large import, until the server counts again: it takes the player for one
// with a single report.
onServer("a server that counted its rows when they were few", (database) => {
  test("looks up each report, and what hangs on it, by its whole key", async () => {
    await database.sql.unsafe(player + reportsOfPlayer(1))
    await database.sql.unsafe("analyze")
    await database.sql.unsafe("truncate player_state.account cascade")
    await database.sql.unsafe(player + reportsOfPlayer(reports))
    const keys = await database.sql<{ playerId: number; id: number }[]>`
      select player_id::integer as "playerId", id::integer from gamedata.battle_report limit 250`
    const read = await database.run(reportsWith(keys))
    const plans = await Promise.all([
      database.run(plansOf(reportsWith(keys))),
      database.run(plansOf(readCommitted(claimReports(read)))),
    ])
    const conditions = plans.flat().flatMap(conditionsIn)
    expect(conditions.length).toBeGreaterThanOrEqual(6)
    expect(conditions.filter((condition) => !/\bid = |report_id = /.test(condition))).toEqual([])
  })
})

onServer("a server that has many players without reports", (database) => {
  test.each([
    ["all players", null],
    ["some players", { index: 1, of: 2 }],
  ])(
    "finds the next reports of %s by their key, without going through players",
    async (_, shard) => {
      await database.sql.unsafe(player + reportsOfPlayer(8 * reports))
      await database.sql.unsafe(`
        insert into player_state.account (username) select 'p' || n from generate_series(1, 1000) as n;
        insert into player_state.player (account_id, display_name)
          select id, username from player_state.account where username <> 'alice'`)
      await database.sql.unsafe("vacuum analyze")
      const selection = { window: null, limit: null, shard }
      const extent = { reports: 8 * reports, lowest: null, highest: 8 * reports }
      const [plan = ""] = await database.run(
        plansOf(nextSlice(selection, extent, "version", { playerId: 1, id: reports })),
      )
      expect(conditionsIn(plan)[0]).toStartWith("((ROW(")
      expect(plan).not.toContain("player_state.player")
    },
  )
})
