import postgres from "postgres"
import type { TestDatabase } from "./databases.ts"
import { nameOf } from "./server-databases.ts"

/** Works on a database over a plain connection of its own. */
export const withSql = async <A>(url: string, work: (sql: postgres.Sql) => Promise<A>) => {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

/** Runs work while all new sessions of a database have a setting. */
export const withSetting = async <A>(
  { sql, url }: TestDatabase,
  setting: string,
  work: () => Promise<A>,
): Promise<A> => {
  const name = nameOf(url)
  await sql.unsafe(`alter database ${name} set ${setting}`)
  return work().finally(() => sql.unsafe(`alter database ${name} reset all`))
}

/**
 * Waits until a session of a database waits for a lock; a first attempt, which gives up after a
 * millisecond, is no such wait. `sql` must be in no transaction.
 */
export const someoneWaits = async (sql: postgres.Sql): Promise<void> => {
  const waiting = () => sql`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'
      and now() - query_start > interval '20 milliseconds'`
  while ((await waiting()).length === 0) await Bun.sleep(5)
}
