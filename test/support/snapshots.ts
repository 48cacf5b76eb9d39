import type postgres from "postgres"

/** Columns to ignore, by table; in such a table the versions of rows are ignored too. */
export type Hidden = Readonly<Record<string, readonly string[]>>

const rowsOf = (table: string, hidden: readonly string[] | undefined) => {
  const row =
    hidden === undefined ? "t::text || t.xmin" : `(to_jsonb(t) - '{${hidden}}'::text[])::text`
  return `select '${table}: ' || ${row} as row from ${table} as t`
}

/**
 * All rows of the suite's tables, with the version of each; equal if nothing was written other than
 * what is hidden.
 */
export const snapshot = async (sql: postgres.Sql, hidden: Hidden = {}): Promise<string> => {
  const tables = await sql<{ name: string }[]>`
    select oid::regclass::text as name from pg_class
    where relkind = 'r' and relnamespace::regnamespace::text
      in ('definitions', 'player_state', 'gamedata', 'towerstats')
    order by 1`
  if (tables.length === 0) return "no tables"
  const rows = tables.map(({ name }) => rowsOf(name, hidden[name]))
  const [whole] = await sql.unsafe<{ text: string | null }[]>(`
    select string_agg(row, E'\\n' order by row collate "C") as text
    from (${rows.join(" union all ")}) as rows`)
  return whole?.text ?? "no rows"
}
