import { expect, test } from "bun:test"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { partOfWrite } from "../../lib/database/batches.ts"
import { countGrownTables } from "../../lib/database/planner-statistics.ts"
import { execute } from "../../lib/database/query.ts"
import { onEachDatabase } from "../support/databases.ts"

onEachDatabase("counting the rows of grown tables again", (database) => {
  const counted = async (): Promise<Readonly<Record<string, number>>> => {
    const tables = await database.sql<{ name: string; rows: number }[]>`
      select relname as name, reltuples::integer as rows from pg_class
      where relname in ('account', 'battle_report') and relkind = 'r'`
    return Object.fromEntries(tables.map(({ name, rows }) => [name, rows]))
  }
  const addReports = (first: number, last: number) => `
    insert into gamedata.battle_report (player_id, raw_text, checksum)
    select 1, repeat('text ', 100), encode(sha256(number::text::bytea), 'hex')
    from generate_series(${first}, ${last}) as number;`
  // Where autovacuum is on, it would count as well.
  const addPlayer = `
    alter table gamedata.battle_report set (autovacuum_enabled = off);
    insert into player_state.account (username) values ('alice');
    insert into player_state.player (account_id, display_name) select id, 'Alice' from player_state.account;`

  test("a table that has grown more than fourfold is counted, and one that has not is left alone", async () => {
    await database.sql.unsafe(addPlayer + addReports(1, 1000))
    await database.run(countGrownTables)
    expect(await counted()).toEqual({ account: -1, battle_report: 1000 })
    await database.sql.unsafe(addReports(1001, 3000))
    await database.run(countGrownTables)
    expect(await counted()).toEqual({ account: -1, battle_report: 1000 })
    await database.sql.unsafe(addReports(3001, 5000))
    await database.run(countGrownTables)
    expect(await counted()).toEqual({ account: -1, battle_report: 5000 })
  })

  test("a part of a long write plans with what the parts before it have added", async () => {
    const part = partOfWrite(Duration.zero)
    const add = (first: number, last: number) =>
      part(execute((sql) => sql.unsafe(addReports(first, last))))
    await database.sql.unsafe(addPlayer)
    await database.run(Effect.andThen(add(1, 600), add(601, 700)))
    expect(await counted()).toEqual({ account: -1, battle_report: 600 })
  })
})
