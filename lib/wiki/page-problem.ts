import * as Schema from "effect/Schema"

/**
 * One thing on a page of the wiki that cannot be read, and where a person finds it. Its fields are
 * those of a drift problem's, so that a report shows both alike.
 */
export const PageProblem = Schema.Struct({
  /** The page's address as it is stored with its rows. */
  page: Schema.String,
  /** The wiki's number of the page's version, where it is known. */
  revision: Schema.NullOr(Schema.Int),
  /** The table's index on the page and its heading: `0 (Cost)`. */
  table: Schema.NullOr(Schema.String),
  /** The row's number below the headers, from 1, and what its first cell says: `7 (Total)`. */
  row: Schema.NullOr(Schema.String),
  /** The column's header. */
  column: Schema.NullOr(Schema.String),
  /** What the page says there. */
  found: Schema.String,
  /** What was expected in its place. */
  expected: Schema.String,
  /** All of it in words, with what to do next. */
  message: Schema.String,
})

export type PageProblem = typeof PageProblem.Type

/** A place on a page, as exactly as it is known. */
export type PagePlace = Pick<PageProblem, "page" | "revision" | "table" | "row" | "column">

/** A place as a maintainer reads it: `https://… (revision 7), table 0 (Cost), row 3, column Range`. */
export const describePlace = ({ page, revision, table, row, column }: PagePlace): string =>
  [
    revision === null ? page : `${page} (revision ${revision})`,
    table === null ? null : `table ${table}`,
    row === null ? null : `row ${row}`,
    column === null ? null : `column ${column}`,
  ]
    .filter((part) => part !== null)
    .join(", ")

/** What problems say, each thing once: several places may share one message. */
export const messagesOf = (problems: readonly PageProblem[]): readonly string[] => [
  ...new Set(problems.map(({ message }) => message)),
]
