import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import postgres from "postgres"
import { importReports } from "../../lib/battle-reports/import.ts"
import { applyMigration, pendingMigrations } from "../../lib/database/migrations.ts"
import { execute } from "../../lib/database/query.ts"
import { transaction } from "../../lib/database/transaction.ts"
import { syncAllPlayers } from "../../lib/player-state/sync.ts"
import { catalog } from "../support/catalog.ts"
import { contents } from "../support/contents.ts"
import { migrateAll, runOn, type TestDatabase } from "../support/databases.ts"
import { fillWithDemo } from "../support/demo-data.ts"
import { cases } from "../support/long-run.ts"
import { createDatabase, dropDatabase } from "../support/server-databases.ts"
import { manyReports } from "./input.ts"

const importForAlice = (text: string) =>
  importReports("write", {
    username: "alice",
    createPlayer: false,
    files: [{ name: "many", bytes: Effect.succeed(new TextEncoder().encode(text)) }],
    preset: Option.none(),
    isTournament: false,
  })

const joinMany = execute(
  (sql) => sql`
    with account as (
      insert into player_state.account (username)
      select 'player ' || number from generate_series(1, ${cases(20, 60)}) as number
      returning id, username)
    insert into player_state.player (account_id, display_name) select id, username from account`,
)

/** Creates a database in use: the demo's definitions, many players in step, many reports read. */
export const createInUse = async (): Promise<string> => {
  const url = await createDatabase()
  await runOn(url)(
    Effect.gen(function* () {
      yield* migrateAll
      yield* fillWithDemo
      yield* joinMany
      yield* transaction("write")(syncAllPlayers("write"))
      yield* transaction("write")(importForAlice(manyReports(1, cases(150, 400))))
    }),
  )
  return url
}

/** Works on a database over a plain connection of its own. */
export const withSql = async <A>(url: string, work: (sql: postgres.Sql) => Promise<A>) => {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

/** Gives all new sessions of a database a setting for as long as something takes. */
export const withSetting = async <A>(
  { sql, url }: TestDatabase,
  setting: string,
  work: () => Promise<A>,
): Promise<A> => {
  const name = new URL(url).pathname.slice(1)
  await sql.unsafe(`alter database ${name} set ${setting}`)
  return work().finally(() => sql.unsafe(`alter database ${name} reset all`))
}

/** What a database has and says, apart from ids and times. */
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
  for (const migration of await runOn(url)(pendingMigrations())) {
    await runOn(url)(applyMigration(migration))
    states.push(await stateOf(url))
  }
  await dropDatabase(url)
  return states
}
