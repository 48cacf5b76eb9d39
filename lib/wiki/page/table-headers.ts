const repeatNumber = /__\d+$/

/**
 * Names the columns of a table by the cells of its first row: an empty one is `col_<index>`, by
 * position from 0; a repeated one gets `__2`, `__3`, … in document order. No two are equal.
 */
export function nameHeaders(cells: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  const repeats = new Map<string, number>()
  return cells.map((cell, index) => {
    const name = cell === "" ? `col_${index}` : cell
    let unique = name
    while (taken.has(unique)) {
      const repeat = (repeats.get(name) ?? 1) + 1
      repeats.set(name, repeat)
      unique = `${name}__${repeat}`
    }
    taken.add(unique)
    return unique
  })
}

/** A header as written on the page, without the number that distinguishes it from an equal one. */
export const writtenHeader = (header: string): string => header.replace(repeatNumber, "")

const nameless = /^col_\d+(?:__\d+)?$/

/** Whether a column has no header on the page, and is named by its position. */
export const isNameless = (header: string): boolean => nameless.test(header)

const levelHeader = /^(?:level|lvl|lv)s?\.?$/i
const wholeNumber = /^\d{1,3}$/

/**
 * The headers of a table whose second row goes on with the first, `1 … 7` below one `Level` that
 * spans them: `Level 1 … Level 7`. Null where the second row is none of headers.
 */
export function joinHeaders(
  first: readonly string[],
  second: readonly string[],
): readonly string[] | null {
  const isLevel = (column: number) => levelHeader.test(first[column] ?? "")
  const levels = first.filter((_, column) => isLevel(column)).length
  const goesOn = first.every((header, column) => {
    const below = second[column] ?? ""
    return isLevel(column) ? wholeNumber.test(below) : below === "" || below === header
  })
  if (levels < 2 || !goesOn) return null
  return first.map((header, column) => (isLevel(column) ? `${header} ${second[column]}` : header))
}
