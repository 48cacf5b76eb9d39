import * as Effect from "effect/Effect"
import type { Range, Source, SourceColumn, SourceError, SourceRow } from "./source.ts"

/** What the two kinds of database do differently. */
export interface Dialect extends Pick<Source, "name" | "keepsKeyOrder" | "isTyped" | "tables"> {
  /** The table as statements name it. */
  readonly tableName: (table: string) => string
  /** The value of a column as text. */
  readonly asText: (column: SourceColumn) => string
  /** The n-th parameter of a statement, from 1. */
  readonly parameter: (position: number, type: "bigint" | "text") => string
  readonly run: (
    statement: string,
    parameters: readonly string[],
  ) => Effect.Effect<readonly SourceRow[], SourceError>
}

/** Quotes a name as both kinds of database read it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Reads tables by statements that both kinds of database understand. */
export const sourceOf = (dialect: Dialect): Source => {
  const { tableName, asText, parameter, run, tables } = dialect

  const select = (table: string): string => {
    const columns = (tables.get(table) ?? []).map(
      (column) => `${asText(column)} as ${quoted(column.name)}`,
    )
    return `select ${columns.join(", ")} from ${tableName(table)}`
  }

  // With its table: alone, the name would be that of the text which is selected.
  const idOf = (table: string): string => `${tableName(table)}.${quoted("id")}`

  const inRange = ({ column, through }: Range): string => {
    const bounds = `between ${parameter(1, "bigint")} and ${parameter(2, "bigint")}`
    return through === undefined
      ? `${quoted(column)} ${bounds}`
      : `${quoted(column)} in (select "id" from ${tableName(through.table)} where ${quoted(through.of)} ${bounds})`
  }

  const valueText = (expression: string, table: string) =>
    Effect.map(
      run(`select cast(${expression} as text) as "value" from ${tableName(table)}`, []),
      ([row]) => Number(row?.value ?? 0),
    )

  const next: Source["next"] = (table, after, limit) => {
    const id = tables.get(table)?.find(({ name }) => name === "id")
    if (id === undefined) return run(select(table), [])
    const isNumber = id.type === "integer"
    // Numbers by their size; anything else, such as a UUID, by its text.
    const order = isNumber ? idOf(table) : `cast(${idOf(table)} as text)`
    const rest =
      after === null ? "" : ` where ${order} > ${parameter(1, isNumber ? "bigint" : "text")}`
    return run(
      `${select(table)}${rest} order by ${order} limit ${limit}`,
      after === null ? [] : [after],
    )
  }

  return {
    ...dialect,
    next,
    within: (table, range) =>
      run(`${select(table)} where ${inRange(range)} order by ${idOf(table)}`, [
        range.first,
        range.last,
      ]),
    strays: (table, column, parent) =>
      run(
        `${select(table)} where ${quoted(column)} is null or not exists (
          select 1 from ${tableName(parent)} as parent
          where parent."id" = ${tableName(table)}.${quoted(column)}
        ) order by ${idOf(table)}`,
        [],
      ),
    repeated: (table, columns) => {
      const names = columns.map(quoted)
      const texts = names.map((name) => `cast(${name} as text) as ${name}`)
      return run(
        `select ${texts.join(", ")} from ${tableName(table)} group by ${names.join(", ")} having count(*) > 1`,
        [],
      )
    },
    count: (table) => valueText("count(*)", table),
    figure: (table, figure, column) => valueText(`${figure}(${quoted(column)})`, table),
  }
}
