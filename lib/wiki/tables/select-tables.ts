import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Target, WikiPage } from "../catalogue.ts"
import type { WikiDocument, WikiTable } from "../page/document.ts"
import { type Entity, entityOf } from "./entity.ts"
import { tableChoices } from "./table-choice.ts"

/** A table of a page as a maintainer is shown it. */
const TableListing = Schema.Struct({
  /** What `--table-index` takes: zero-based, document order. */
  index: Schema.Number,
  /** Text of the nearest heading before it. */
  heading: Schema.NullOr(Schema.String),
  headers: Schema.Array(Schema.String),
})

type TableListing = typeof TableListing.Type

/** Headers shown of a table before the rest is left out. */
const shownHeaders = 8

function describeTable({ index, heading, headers }: TableListing): string {
  const shown = headers.slice(0, shownHeaders).join(", ")
  const columns = headers.length > shownHeaders ? `${shown}, …` : shown
  return `  ${index}  ${heading ?? "(no heading)"}: ${columns || "(no rows)"}`
}

const describeTables = (tables: readonly TableListing[]) =>
  tables.length === 0
    ? ["The page has no tables."]
    : ["Tables on the page (index, heading, headers):", ...tables.map(describeTable)]

/** A table in an error message. */
export const tableListing = ({ index, heading, headers }: WikiTable): TableListing => ({
  index,
  heading: heading?.text ?? null,
  headers,
})

/** No table of the page is what the target looks for. */
export class TableNotFound extends Schema.TaggedError<TableNotFound>()("TableNotFound", {
  page: Schema.String,
  target: Schema.String,
  /** What was looked for, or what was wrong with what was found. */
  problem: Schema.String,
  tables: Schema.Array(TableListing),
}) {
  override get message() {
    return [
      `No table for ${this.target} on ${this.page}: ${this.problem}.`,
      ...describeTables(this.tables),
      "If one of them is the right one, name it with --table-index N.",
    ].join("\n")
  }
}

/** A table was asked for by an index the page does not have. */
export class TableIndexNotFound extends Schema.TaggedError<TableIndexNotFound>()(
  "TableIndexNotFound",
  {
    page: Schema.String,
    indexes: Schema.Array(Schema.Number),
    tables: Schema.Array(TableListing),
  },
) {
  override get message() {
    return [
      `No table ${this.indexes.join(", ")} on ${this.page}.`,
      ...describeTables(this.tables),
      "Name one of them with --table-index N.",
    ].join("\n")
  }
}

/** A table to read rows from. */
export interface SelectedTable {
  readonly table: WikiTable
  /** Whose levels its rows are; null for a target whose rows are entities themselves. */
  readonly entity: Entity | null
  /** Its place, from 0, among the tables selected for its entity, else for the target. */
  readonly position: number
}

/** The tables of these indexes, whatever they look like. */
function byIndex(
  page: WikiPage,
  { tables }: WikiDocument,
  indexes: readonly number[],
): Result.Result<readonly WikiTable[], TableIndexNotFound> {
  const missing = indexes.filter((index) => tables[index] === undefined)
  return missing.length === 0
    ? Result.succeed(tables.filter(({ index }) => indexes.includes(index)))
    : Result.fail(
        new TableIndexNotFound({
          page: page.url,
          indexes: missing,
          tables: tables.map(tableListing),
        }),
      )
}

/** The tables the target's rule chooses among those that have rows. */
function byRule(
  page: WikiPage,
  target: Target,
  { tables }: WikiDocument,
): Result.Result<readonly WikiTable[], TableNotFound> {
  const { choose, lookedFor } = tableChoices[target]
  const chosen = choose(tables.filter(({ headers }) => headers.length > 0))
  return chosen.length > 0
    ? Result.succeed(chosen)
    : Result.fail(
        new TableNotFound({
          page: page.url,
          target,
          problem: `looked for ${lookedFor}`,
          tables: tables.map(tableListing),
        }),
      )
}

/** Adds each table's entity and numbers the tables of each. */
function numbered(
  page: WikiPage,
  target: Target,
  tables: readonly WikiTable[],
): readonly SelectedTable[] {
  const counts = new Map<string | null, number>()
  return tables.map((table) => {
    const entity = entityOf(target, page, table)
    const key = entity?.slug ?? null
    const position = counts.get(key) ?? 0
    counts.set(key, position + 1)
    return { table, entity, position }
  })
}

/**
 * The tables of a page that hold a target's rows, in document order.
 *
 * @param tableIndexes tables to take instead of those the target's rule chooses
 */
export function selectTables(
  page: WikiPage,
  target: Target,
  document: WikiDocument,
  tableIndexes: readonly number[],
): Result.Result<readonly SelectedTable[], TableNotFound | TableIndexNotFound> {
  const chosen: Result.Result<readonly WikiTable[], TableNotFound | TableIndexNotFound> =
    tableIndexes.length > 0 ? byIndex(page, document, tableIndexes) : byRule(page, target, document)
  return Result.map(chosen, (tables) => numbered(page, target, tables))
}
