import { readFile } from "node:fs/promises"
import { chunksOf } from "effect/Array"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type postgres from "postgres"
import { importReports } from "../../lib/battle-reports/import/import.ts"
import { reparsedPerBatch } from "../../lib/battle-reports/reparse/read-stored.ts"
import { applyNextMigration } from "../../lib/database/apply-migrations.ts"
import { execute } from "../../lib/database/query.ts"
import { transaction } from "../../lib/database/transaction.ts"
import { syncAllPlayers } from "../../lib/player-state/sync.ts"
import { catalog } from "../support/catalog.ts"
import { contents } from "../support/contents.ts"
import { migrateAll, runOn } from "../support/databases.ts"
import { fillWithDemo, textSource } from "../support/demo-data.ts"
import { cases } from "../support/long-run.ts"
import { startCommand } from "../support/scripts.ts"
import { createDatabase, dropDatabase, withCopy } from "../support/server-databases.ts"
import { withSql } from "../support/sessions.ts"
import { sizes } from "./import-in-batches.ts"
import { type Input, manyReports } from "./input.ts"

const importFor = (username: string, text: string, preset: Option.Option<string>) =>
  importReports(
    { mode: "write", lockTimeout: Duration.zero },
    {
      username,
      createPlayer: false,
      timeZone: Option.none(),
      files: [textSource("many", text)],
      preset,
      isTournament: false,
    },
  )

const joinMany = execute(
  (sql) => sql`
    with account as (
      insert into player_state.account (username)
      select 'player ' || number from generate_series(1, ${cases(20, 60)}) as number
      returning id, username)
    insert into player_state.player (account_id, display_name) select id, username from account`,
)

/** Brings an empty database into use: the demo's definitions, players in step, many reports read. */
export const fillInUse = (url: string): Promise<void> =>
  runOn(url)(
    Effect.gen(function* () {
      yield* migrateAll
      yield* fillWithDemo
      yield* joinMany
      yield* transaction("write")(syncAllPlayers("write"))
      yield* importFor("alice", manyReports(1, cases(300, 600)), Option.none())
    }),
  )

/** Creates a database in use. */
export const createInUse = async (): Promise<string> => {
  const url = await createDatabase()
  await fillInUse(url)
  return url
}

/** The schema and contents of a database, apart from ids and times. */
export const stateOf = (url: string): Promise<string> =>
  withSql(url, async (sql) => {
    const query = (statement: string) => sql.unsafe(statement)
    return `${await catalog(query)}\n${await contents(query)}`
  })

/** The transactions that wrote a database's rows and tables as they are. */
export const transactionsIn = async (sql: postgres.Sql): Promise<ReadonlySet<string>> => {
  const tables = await sql<{ name: string; transaction: string }[]>`
    select oid::regclass::text as name, xmin::text as transaction from pg_class
    where relkind = 'r' and relnamespace::regnamespace::text
      in ('definitions', 'player_state', 'gamedata', 'towerstats')`
  const rows = await Promise.all(
    tables.map(
      ({ name }) => sql<{ transaction: string }[]>`
        select distinct xmin::text as transaction from ${sql(name)}`,
    ),
  )
  return new Set([...tables, ...rows.flat()].map(({ transaction }) => transaction))
}

/** The states of a database between migrations, from an empty one to the current schema. */
export const migrationStates = async (): Promise<readonly string[]> => {
  const url = await createDatabase()
  const states = [await stateOf(url)]
  while ((await runOn(url)(applyNextMigration(Duration.zero))) !== null)
    states.push(await stateOf(url))
  await dropDatabase(url)
  return states
}

/** The states of a database between the batches of an import, from before it to after it. */
export const importStates = (original: string, input: Input): Promise<readonly string[]> =>
  withCopy(original, async (url) => {
    const states = [await stateOf(url)]
    const reports = (await readFile(input.reports, "utf8")).split(/(?=^Battle Report)/m)
    for (const batch of chunksOf(reports, sizes.batch)) {
      await runOn(url)(importFor("bob", batch.join(""), Option.some("farming")))
      states.push(await stateOf(url))
    }
    return states
  })

/** The states of a database between the batches of a reparse, from before it to after it. */
export const reparseStates = async (original: string): Promise<readonly string[]> => {
  const reports = await withSql(original, async (sql) => {
    const rows = await sql`select from gamedata.battle_report`
    return rows.length
  })
  const states = [await stateOf(original)]
  for (let done = reparsedPerBatch; done < reports + reparsedPerBatch; done += reparsedPerBatch)
    states.push(await withCopy(original, (url) => stateAfterReading(url, done)))
  return states
}

// What another session holds locked to the end, a reparse leaves as it is.
const stateAfterReading = async (url: string, reports: number): Promise<string> => {
  await withSql(url, (sql) =>
    sql.begin(async (holder) => {
      await holder`
        select from gamedata.battle_report where id not in (
          select id from gamedata.battle_report order by player_id, id limit ${reports})
        for key share`
      const flags = ["--write", "--lock-timeout", "0"]
      await startCommand("reparse-battle-reports", flags, { DATABASE_URL: url }).outcome
    }),
  )
  return stateOf(url)
}

/** A statement that marks a database as migrated by a later version. */
export const addLaterMigration = `
  insert into towerstats.schema_migration (version, name, sha256)
  values (9999, 'from_the_future', repeat('0', 64))`

/** A statement that removes that mark. */
export const removeLaterMigration = "delete from towerstats.schema_migration where version = 9999"
