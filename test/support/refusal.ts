import type postgres from "postgres"

/** Runs work in a transaction that is rolled back in any case. */
export const rolledBack = async <A>(sql: postgres.Sql, work: () => Promise<A>): Promise<A> => {
  await sql.unsafe("begin")
  try {
    return await work()
  } finally {
    await sql.unsafe("rollback")
  }
}

/** Runs statements in such a transaction; returns the server's refusal, or `accepted`. */
export const refusalOf = (sql: postgres.Sql, ...statements: readonly string[]): Promise<string> =>
  rolledBack(sql, async () => {
    try {
      for (const statement of statements) await sql.unsafe(statement)
      return "accepted"
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  })
