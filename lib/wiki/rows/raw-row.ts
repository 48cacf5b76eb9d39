import type { WikiRow, WikiTable } from "../page/document.ts"
import { isNameless, writtenHeader } from "../page/table-headers.ts"

/** Cell text by header, with the columns the suite adds; their order means nothing. */
export type RawRow = Readonly<Record<string, string>>

/** A row of a table and what it is about. */
export interface IdentifiedRow {
  /** The display name of the entity the row is about. */
  readonly canonicalName: string
  /** Identifies the row within its table, from one reading of the page to the next. */
  readonly entityId: string
  readonly rawRow: RawRow
}

/** A row of a table with its cells by header. */
export interface TableRow extends WikiRow {
  readonly byHeader: RawRow
}

/** Two letters in a row: a word, unlike the marks and signs that stand for a level. */
export const word = /\p{L}{2}/u

/**
 * Tells rows that repeat the table's headers, as long tables do for those who read along, or go on
 * with them: in a second row of headers, the first one reaches down from the row above.
 */
const isHeaderRow = (headers: readonly string[]) => {
  const written = headers.map((header) => (isNameless(header) ? "" : writtenHeader(header)))
  const first = written.findIndex((header) => header !== "")
  return ({ cells }: WikiRow) => word.test(written[first] ?? "") && cells[first] === written[first]
}

/** Whether a row says the same words in every column: one cell across the table, a note on it. */
const isNote = ({ cells }: WikiRow) =>
  cells.length > 1 && word.test(cells[0] ?? "") && cells.every((cell) => cell === cells[0])

/**
 * A table's rows with their cells by header. Repeated headers and notes across the table are left out:
 * they must neither be read as levels nor shift the levels below them.
 */
export function tableRows({ headers, rows }: WikiTable): readonly TableRow[] {
  const isHeader = isHeaderRow(headers)
  return rows
    .filter((row) => !isHeader(row) && !isNote(row))
    .map((row) => ({
      ...row,
      byHeader: Object.fromEntries(headers.map((header, at) => [header, row.cells[at] ?? ""])),
    }))
}
