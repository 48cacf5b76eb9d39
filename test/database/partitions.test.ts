import { expect, test } from "bun:test"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { importReports } from "../../lib/battle-reports/import/import.ts"
import { execute } from "../../lib/database/query.ts"
import { type Mode, transaction } from "../../lib/database/transaction.ts"
import { addPlayer, findPlayer } from "../../lib/player-state/players.ts"
import { syncPlayer } from "../../lib/player-state/sync.ts"
import { onPartitionedDatabase, type Services } from "../support/databases.ts"
import { fillWithDemo, textSource } from "../support/demo-data.ts"
import { plansOf } from "../support/explain.ts"
import { partitionCount } from "../support/partitions.ts"

const bring = (mode: Mode, text: string, preset: string) =>
  importReports(
    { mode, lockTimeout: Duration.zero },
    {
      username: "carol",
      createPlayer: true,
      timeZone: Option.none(),
      files: [textSource("given", text)],
      preset: Option.some(preset),
      isTournament: true,
    },
  )

const run = "Battle Report\nBattle Date\tJul 15, 2026 06:46\nTier\t9\nWave\t20\nBots\tFlame Bot\n"

/** The partitions that a plan reads or writes, by their numbers. */
const partitionsIn = (plan: string): readonly number[] => {
  const named = plan.matchAll(/ on (?:player_state|gamedata)\.\w+_(\d)\b/g)
  return [...new Set([...named].map(([, number]) => Number(number)))]
}

onPartitionedDatabase("players' tables in partitions", fillWithDemo, (database) => {
  const touched = async <E>(work: Effect.Effect<unknown, E, Services>) => {
    const plans = await database.run(plansOf(work))
    return plans.map((plan) => ({ plan, partitions: partitionsIn(plan) }))
  }

  const expectOnePartition = async <E>(work: Effect.Effect<unknown, E, Services>) => {
    const statements = await touched(work)
    expect(statements.filter(({ partitions }) => partitions.length > 1)).toEqual([])
    expect(new Set(statements.flatMap(({ partitions }) => partitions)).size).toBe(1)
  }

  test("the tables of two players' rows are divided, and each table has all its partitions", async () => {
    const tables = await database.sql<{ name: string; partitions: number }[]>`
      select inhparent::regclass::text as name, count(*)::integer as partitions
      from pg_inherits join pg_class on pg_class.oid = inhparent
      where relkind = 'p' group by 1`
    expect(tables).toHaveLength(11)
    expect(tables.filter(({ partitions }) => partitions !== partitionCount)).toEqual([])
    const used = await database.sql`
      select distinct tableoid from player_state.progress`
    expect(used).toHaveLength(2)
  })

  test("what all players' rows need touches more than one partition, as these tests can tell", async () => {
    const counted = execute((sql) => sql`select count(*) from player_state.progress`)
    expect(
      (await touched(transaction("check")(counted))).flatMap(({ partitions }) => partitions),
    ).toHaveLength(partitionCount)
  })

  test("an import for a player touches one partition, for new reports and for known ones", async () => {
    await database.run(transaction("write")(addPlayer("carol")))
    await expectOnePartition(bring("write", run, "farming"))
    await expectOnePartition(bring("check", run, "pushing"))
    await expectOnePartition(bring("write", run, "pushing"))
  })

  test("a sync of one player touches one partition, whatever the player lacks", async () => {
    await database.run(transaction("write")(addPlayer("carol")))
    const sync = (mode: Mode) =>
      transaction(mode)(Effect.flatMap(findPlayer("carol"), (player) => syncPlayer(mode, player)))
    await expectOnePartition(sync("check"))
    await expectOnePartition(sync("write"))
    await database.sql`
      update player_state.progress set definition_id = null where player_id = (
        select player.id from player_state.player
        join player_state.account on account.id = account_id where username = 'carol')`
    await expectOnePartition(sync("write"))
  })

  test("what a site asks for a player touches one partition, joins and all", async () => {
    const asked = Effect.flatMap(findPlayer("alice"), ({ id }) =>
      Effect.all([
        execute(
          (sql) => sql`
            select slug from gamedata.battle_report_progress
            join gamedata.run_bot using (player_id, battle_report_id)
            where player_id = ${id} and not is_hidden order by battle_date desc`,
        ),
        execute(
          (sql) => sql`
            update player_state.parameter_progress set level = level
            where player_id = ${id} and key = 'range'`,
        ),
      ]),
    )
    await expectOnePartition(transaction("write")(asked))
  })
})
