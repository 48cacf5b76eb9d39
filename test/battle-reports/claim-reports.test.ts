import { beforeEach, expect, test } from "bun:test"
import { claimReports } from "../../lib/battle-reports/reparse/claim-reports.ts"
import { reportsWith } from "../../lib/battle-reports/reparse/stored-reports.ts"
import { readCommitted } from "../../lib/database/transaction.ts"
import { onServer } from "../support/databases.ts"
import { withSql } from "../support/sessions.ts"

// On the embedded database all connections share one session: nobody can be in another one's way.
onServer("claiming reports that were read", (database) => {
  // The first report has nothing derived from it, the others have.
  const keys = [1, 2, 3].map((id) => ({ playerId: 1, id }))
  beforeEach(async () => {
    await database.sql.unsafe(`
      insert into player_state.account (username) values ('alice');
      insert into player_state.player (account_id, display_name)
        select id, username from player_state.account;
      insert into gamedata.battle_report (player_id, raw_text, checksum)
        select 1, 'text', repeat(number::text, 64) from generate_series(1, 3) as number;
      insert into gamedata.battle_report_progress (player_id, battle_report_id, wave)
        values (1, 2, 1), (1, 3, 1);
      insert into gamedata.battle_report_metrics (player_id, battle_report_id, values, raw_values)
        values (1, 2, '{}', '{}'), (1, 3, '{}', '{}');
      insert into gamedata.run_bot (player_id, battle_report_id, slug)
        values (1, 2, 'golden_bot'), (1, 3, 'golden_bot')`)
  })

  const read = () => database.run(reportsWith(keys))
  const claim = async (reports: Awaited<ReturnType<typeof read>>) =>
    [...(await database.run(readCommitted(claimReports(reports))))].sort()

  test("reports that nobody has changed since they were read are all claimed", async () => {
    expect(await claim(await read())).toEqual([1, 2, 3])
  })

  const changes: Readonly<Record<string, { sql: string; claimed: readonly number[] }>> = {
    "a text": {
      sql: "update gamedata.battle_report set raw_text = 'other' where id = 2",
      claimed: [1, 3],
    },
    "the time zone": {
      sql: "update player_state.player set time_zone = 'Europe/Berlin'",
      claimed: [],
    },
    "a summary": {
      sql: "update gamedata.battle_report_progress set wave = 2 where battle_report_id = 2",
      claimed: [1, 3],
    },
    "what was set by hand": {
      sql: "update gamedata.battle_report_progress set is_tournament = true where battle_report_id = 2",
      claimed: [1, 3],
    },
    metrics: {
      sql: `update gamedata.battle_report_metrics set values = '{"a": 1}' where battle_report_id = 2`,
      claimed: [1, 3],
    },
    "a bot that is there no more": {
      sql: "delete from gamedata.run_bot where battle_report_id = 2",
      claimed: [1, 3],
    },
    "a bot that is new": {
      sql: "insert into gamedata.run_bot (player_id, battle_report_id, slug) values (1, 2, 'flame_bot')",
      claimed: [1, 3],
    },
    "a summary that is new": {
      sql: "insert into gamedata.battle_report_progress (player_id, battle_report_id) values (1, 1)",
      claimed: [2, 3],
    },
    "metrics that are new": {
      sql: `insert into gamedata.battle_report_metrics (player_id, battle_report_id, values, raw_values)
            values (1, 1, '{}', '{}')`,
      claimed: [2, 3],
    },
    "a bot of a report that had none": {
      sql: "insert into gamedata.run_bot (player_id, battle_report_id, slug) values (1, 1, 'flame_bot')",
      claimed: [2, 3],
    },
    "a report that is gone": {
      sql: "delete from gamedata.battle_report where id = 2",
      claimed: [1, 3],
    },
  }

  for (const [what, { sql: change, claimed }] of Object.entries(changes)) {
    test(`a report changed since it was read is not claimed: ${what}`, async () => {
      const reports = await read()
      await database.sql.unsafe(change)
      expect(await claim(reports)).toEqual([...claimed])
    })
    test(`a report that somebody is changing is not claimed, nor waited for: ${what}`, async () => {
      const reports = await read()
      await withSql(database.url, (site) =>
        site.begin(async (sql) => {
          await sql.unsafe(change)
          expect(await claim(reports)).toEqual([...claimed])
        }),
      )
    })
  }

  test("a lock on a player's row does not keep its reports from being claimed", async () => {
    const reports = await read()
    await withSql(database.url, (site) =>
      site.begin(async (sql) => {
        await sql`select from player_state.player for key share`
        expect(await claim(reports)).toEqual([1, 2, 3])
      }),
    )
  })
})
