import type postgres from "postgres"

/** Every table of the suite, whole, with the version of each row: equal when nothing was written. */
export const snapshot = async (sql: postgres.Sql): Promise<string> => {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema in ('definitions', 'player_state', 'gamedata', 'towerstats')
      and table_type = 'BASE TABLE'
    order by 1`
  const contents = []
  for (const { name } of tables) {
    const rows = await sql.unsafe(
      `select coalesce(jsonb_agg(to_jsonb(t) || jsonb_build_object('xmin', t.xmin::text) order by to_jsonb(t)::text), '[]')::text as rows from ${name} as t`,
    )
    contents.push(`${name}: ${rows[0]?.rows}`)
  }
  return contents.join("\n")
}
