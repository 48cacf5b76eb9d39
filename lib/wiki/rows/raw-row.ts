import type { WikiTable } from "../page/document.ts"
import { isNameless, writtenHeader } from "../page/table-headers.ts"

/** Cell text by header, with the columns the suite adds; their order means nothing. */
export type RawRow = Readonly<Record<string, string>>

/** A row of a table and whom it is about. */
export interface IdentifiedRow {
  /** The display name of the entity the row is about. */
  readonly canonicalName: string
  /** Tells the row from the others of its table, from one reading of the page to the next. */
  readonly entityId: string
  readonly rawRow: RawRow
}

const word = /\p{L}{2}/u

/**
 * Tells rows that repeat the table's headers, as long tables do for those who read along, or go on
 * with them: in a second row of headers, the first one reaches down from the row above.
 */
const isHeaderRow = (headers: readonly string[]) => {
  const written = headers.map((header) => (isNameless(header) ? "" : writtenHeader(header)))
  const first = written.findIndex((header) => header !== "")
  return (cells: readonly string[]) =>
    word.test(written[first] ?? "") && cells[first] === written[first]
}

/** Whether a row says the same words in every column: one cell across the table, a note on it. */
const isNote = (cells: readonly string[]) =>
  cells.length > 1 && word.test(cells[0] ?? "") && cells.every((cell) => cell === cells[0])

/**
 * A table's rows as cell text by header. What stands between them, more headers or a note across
 * the table, is none of them: it must not pass for a level, nor move those below it by one.
 */
export function cellsByHeader({ headers, rows }: WikiTable): readonly RawRow[] {
  const isHeader = isHeaderRow(headers)
  return rows
    .filter((cells) => !isHeader(cells) && !isNote(cells))
    .map((cells) => Object.fromEntries(headers.map((header, at) => [header, cells[at] ?? ""])))
}
