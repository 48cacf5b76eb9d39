import * as Schema from "effect/Schema"
import type { WikiTable } from "../page/document.ts"
import { describePage, type PageProblem } from "../page-problem.ts"

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
  revision: Schema.NullOr(Schema.Int),
  target: Schema.String,
  /** What the target's tables are known by. */
  lookedFor: Schema.String,
  /** What was looked for, or what was wrong with what was found. */
  problem: Schema.String,
  tables: Schema.Array(TableListing),
}) {
  override get message() {
    return [
      `No table for ${this.target} on ${describePage(this)}: ${this.problem}.`,
      ...describeTables(this.tables),
      "If one of them is the right one, name it with --table-index N.",
    ].join("\n")
  }

  get problems(): readonly PageProblem[] {
    const { page, revision, problem: found, lookedFor: expected, message } = this
    return [{ page, revision, table: null, row: null, column: null, found, expected, message }]
  }
}

/** A table was asked for by an index the page does not have. */
export class TableIndexNotFound extends Schema.TaggedError<TableIndexNotFound>()(
  "TableIndexNotFound",
  {
    page: Schema.String,
    revision: Schema.NullOr(Schema.Int),
    indexes: Schema.Array(Schema.Number),
    tables: Schema.Array(TableListing),
  },
) {
  override get message() {
    return [
      `No table ${this.indexes.join(", ")} on ${describePage(this)}.`,
      ...describeTables(this.tables),
      "Name one of them with --table-index N.",
    ].join("\n")
  }

  get problems(): readonly PageProblem[] {
    const { page, revision, indexes, message } = this
    const place = { page, revision, table: indexes.join(", "), row: null, column: null }
    return [{ ...place, found: "no such table", expected: "a table of the page", message }]
  }
}
