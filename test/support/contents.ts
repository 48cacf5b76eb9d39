/** Runs a statement and returns its rows. */
export type Query = (statement: string) => Promise<readonly Readonly<Record<string, unknown>>[]>

/** The columns that identify a row of a table in any database. */
const naturalKeys: Readonly<Record<string, readonly string[]>> = {
  "definitions.wiki_data": [
    "page_url",
    "source_section",
    "parse_version",
    "entity_id",
    "content_hash",
  ],
  "definitions.definition": ["kind", "slug"],
  "definitions.parameter": ["definition_id", "key"],
  "player_state.account": ["username"],
  "player_state.player": ["account_id"],
  "player_state.preset": ["player_id", "name"],
  "player_state.progress": ["player_id", "kind", "slug"],
  "gamedata.battle_report": ["player_id", "checksum"],
}

const references: Readonly<Record<string, string>> = {
  source_wikidata_id: "definitions.wiki_data",
  definition_id: "definitions.definition",
  parameter_id: "definitions.parameter",
  account_id: "player_state.account",
  player_id: "player_state.player",
  preset_id: "player_state.preset",
  progress_id: "player_state.progress",
  battle_report_id: "gamedata.battle_report",
}

/** Columns that depend on when something was done. */
const times = [
  ...["first_seen", "last_seen", "created_at", "updated_at", "parsed_at", "applied_at"],
  ...["started_at", "finished_at"],
]

type Row = Readonly<Record<string, string | null>>

const readTables = async (query: Query): Promise<ReadonlyMap<string, readonly Row[]>> => {
  const listed = await query(`
    select oid::regclass::text as name from pg_class
    where relkind in ('r', 'p', 'v') and not relispartition and relnamespace::regnamespace::text
      in ('definitions', 'player_state', 'gamedata', 'towerstats')
    order by 1`)
  const tables = new Map<string, readonly Row[]>()
  for (const { name } of listed) {
    const rows = await query(`
      select (select jsonb_object_agg(key, value) from jsonb_each_text(to_jsonb(t)))::text as row
      from ${name} as t`)
    tables.set(
      String(name),
      rows.map(({ row }) => JSON.parse(String(row))),
    )
  }
  return tables
}

/**
 * What is in a database: every row of every table and view as a line, without times, and with each
 * id replaced by what it identifies. Equal for databases that were filled the same way, in however
 * many attempts.
 */
export const contents = async (query: Query): Promise<string> => {
  const tables = await readTables(query)
  const rowsById = new Map(
    Object.keys(naturalKeys).map((table) => [
      table,
      new Map(tables.get(table)?.map((row) => [row.id, row])),
    ]),
  )
  const meaningOf = (column: string, value: string | null | undefined): string => {
    const table = references[column]
    if (table === undefined || value === null || value === undefined) return String(value)
    const row = rowsById.get(table)?.get(value)
    return `(${naturalKeys[table]?.map((key) => meaningOf(key, row?.[key])).join(" ")})`
  }
  const lineOf = (table: string, row: Row): string => {
    const columns = Object.keys(row).filter((column) => column !== "id" && !times.includes(column))
    return [table, ...columns.map((column) => `${column}=${meaningOf(column, row[column])}`)].join(
      " ",
    )
  }
  return [...tables]
    .flatMap(([table, rows]) => rows.map((row) => lineOf(table, row)))
    .sort()
    .join("\n")
}
