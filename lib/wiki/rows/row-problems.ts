import * as Result from "effect/Result"
import type { WikiRow } from "../page/document.ts"
import { isNameless } from "../page/table-headers.ts"

/** What is wrong with a row of a table, or with its headers. */
export interface RowProblem {
  /** Null where a header is wrong. */
  readonly row: WikiRow | null
  readonly column: string | null
  readonly found: string
  readonly expected: string
}

/** The result of reading a table's rows: all of them, or everything that is wrong with them. */
export type Reading<A> = Result.Result<readonly A[], readonly RowProblem[]>

/** All that was read, unless anything was wrong. */
export const readingOf = <A>(rows: readonly A[], problems: readonly RowProblem[]): Reading<A> =>
  problems.length === 0 ? Result.succeed(rows) : Result.fail(problems)

/** The column after the last one that has a header on the page. */
export const namedWidth = (headers: readonly string[]): number =>
  headers.findLastIndex((header) => !isNameless(header)) + 1

/** A row that has fewer cells than the table, or more. */
export function widthProblem(headers: readonly string[], row: WikiRow): RowProblem {
  const width = namedWidth(headers)
  const found = `${row.covered < width ? "fewer" : "more"} cells than the table has columns`
  return { row, column: null, found, expected: `${width} cells` }
}

/**
 * What is wrong with a row of any table: cells with what MediaWiki says instead of a text, and cells
 * beyond the last header, as where two rows have run into one.
 */
export function structureProblems(headers: readonly string[], row: WikiRow): readonly RowProblem[] {
  const errors = row.flaws.filter(({ flaw }) => flaw === "an error message")
  const surplus = row.cells.slice(namedWidth(headers)).filter((text) => text !== "")
  return [
    ...errors.map(({ column, flaw }) => ({
      row,
      column: headers[column] ?? null,
      found: `${flaw}, "${row.cells[column] ?? ""}"`,
      expected: "text",
    })),
    ...(surplus.length === 0
      ? []
      : [
          {
            row,
            column: null,
            found: `more cells than the table has columns, with "${surplus.join(" ")}" beyond the last header`,
            expected: `${namedWidth(headers)} cells`,
          },
        ]),
  ]
}
