import { isPlaceholder, isTotal } from "../tables/cells.ts"
import { isValueColumn } from "../tables/columns.ts"
import type { RawRow } from "./raw-row.ts"

/** Whether a text says nothing of its own: a placeholder, or the label of a sum. */
export const saysNothing = (text: string): boolean => isPlaceholder(text) || isTotal(text)

/**
 * Makes a test that is true for rows whose value cells are all blank or totals. A row of a table that
 * has only identity and cost columns says what it costs, and is never blank.
 *
 * @param subject header of the column that names what the row is about, if there is one
 */
export function makeIsBlankRow(
  headers: readonly string[],
  subject: string | undefined,
): (cells: RawRow) => boolean {
  const values = headers.filter((header) => header !== subject && isValueColumn(header))
  return (cells) => values.length > 0 && values.every((header) => saysNothing(cells[header] ?? ""))
}
