import type { WikiTable } from "../page/document.ts"
import { writtenHeader } from "../page/table-headers.ts"

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

/** Whether a row repeats the table's first, as long tables do for those who read along. */
const repeatsHeaders = (headers: readonly string[]) => {
  const written = headers.map((header, at) => (header === `col_${at}` ? "" : writtenHeader(header)))
  return (cells: readonly string[]) => written.every((header, at) => header === (cells[at] ?? ""))
}

const word = /\p{L}{2}/u

/** Whether a row says the same words in every column: one cell across the table, a note on it. */
const isNote = (cells: readonly string[]) =>
  cells.length > 1 && word.test(cells[0] ?? "") && cells.every((cell) => cell === cells[0])

/**
 * A table's rows as cell text by header. What stands between them, headers once more or a note
 * across the table, is none of them: it must not pass for a level, nor move those below it by one.
 */
export function cellsByHeader({ headers, rows }: WikiTable): readonly RawRow[] {
  const isRepeat = repeatsHeaders(headers)
  return rows
    .filter((cells) => !isRepeat(cells) && !isNote(cells))
    .map((cells) => Object.fromEntries(headers.map((header, at) => [header, cells[at] ?? ""])))
}
