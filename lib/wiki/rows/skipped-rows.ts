import { isPlaceholder, isTotal } from "../tables/cells.ts"
import { isCostColumn, isValueColumn } from "../tables/columns.ts"
import type { RawRow } from "./raw-row.ts"

/** A level as the wiki writes it: digits, perhaps grouped or with decimals. */
const number = /^[+-]?\d[\d,]*(?:\.\d+)?$/

/** Whether a text names no level: its row is a sum or a note. */
export const isNoLevel = (text: string): boolean => !number.test(text)

/** Whether a text says nothing of its own: a placeholder, or the label of a sum. */
export const saysNothing = (text: string): boolean => isPlaceholder(text) || isTotal(text)

/**
 * Tells rows that have value cells of which none says anything. In a row that sums up, a value that
 * repeats the cost before it is a sum spanning both columns. A row of a table that has only
 * identity and cost columns says what it costs, and is none of them.
 *
 * @param subject header of the column that names what the row is about, if there is one
 */
export function hasNoValues(
  headers: readonly string[],
  subject: string | undefined,
): (cells: RawRow) => boolean {
  const values = headers.flatMap((header, index) => {
    if (header === subject || !isValueColumn(header)) return []
    const before = headers[index - 1]
    return { header, costBefore: before !== undefined && isCostColumn(before) ? before : null }
  })
  return (cells) => {
    const sumsUp = headers.some((header) => isTotal(cells[header] ?? ""))
    return (
      values.length > 0 &&
      values.every(
        ({ header, costBefore }) =>
          saysNothing(cells[header] ?? "") ||
          (sumsUp && costBefore !== null && cells[costBefore] === cells[header]),
      )
    )
  }
}
