import * as Schema from "effect/Schema"
import { Drift } from "../terminal/report.ts"

/**
 * One thing on a page of the wiki that cannot be read, and where a person finds it: drift whose page
 * is known, its address as stored with its rows. A table is its index on the page and its heading,
 * `0 (Cost)`; a row its number below the headers, from 1, and its first cell, `7 (Total)`.
 */
export const PageProblem = Schema.Struct({ ...Drift.fields, page: Schema.String })

export type PageProblem = typeof PageProblem.Type

/** A place on a page, as exactly as it is known. */
export type PagePlace = Pick<PageProblem, "page" | "revision" | "table" | "row" | "column">

/** A page and the version of it that was read, where that is known: `https://… (revision 7)`. */
export const describePage = ({ page, revision }: Pick<PagePlace, "page" | "revision">): string =>
  revision === null ? page : `${page} (revision ${revision})`

/** A place as a maintainer reads it: `https://… (revision 7), table 0 (Cost), row 3, column Range`. */
export const describePlace = ({ table, row, column, ...page }: PagePlace): string =>
  [
    describePage(page),
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
