/** A cell as written: its text and how many rows and columns it covers. */
export interface SourceCell {
  readonly text: string
  readonly rowSpan: number
  readonly columnSpan: number
}

/** A cell that reaches down from above into its column, for so many more rows. */
interface Carried {
  readonly text: string
  readonly rows: number
}

interface FilledRow {
  readonly texts: readonly string[]
  /** Columns up to the last cell that starts in this row and has text. */
  readonly reach: number
}

/**
 * The most places a grid may have for each cell written. Real tables have fewer than two; one that
 * spans blow up beyond this is no table of data and yields no rows.
 */
const maxGrowth = 64

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

const hasText = (texts: readonly string[]) => texts.some((text) => text !== "")

/** Places a row's cells, in order, in the columns no cell from above reaches into. */
function fillRow(cells: readonly SourceCell[], carried: Carried[]): FilledRow {
  const texts: string[] = []
  let reach = 0
  const carryDown = () => {
    for (let above = carried[texts.length]; above?.rows; above = carried[texts.length]) {
      carried[texts.length] = { text: above.text, rows: above.rows - 1 }
      texts.push(above.text)
    }
  }
  for (const { text, rowSpan, columnSpan } of cells) {
    carryDown()
    if (text !== "") reach = texts.length + 1
    for (let covered = 0; covered < columnSpan; covered++) {
      carryDown()
      if (rowSpan > 1) carried[texts.length] = { text, rows: rowSpan - 1 }
      texts.push(text)
    }
  }
  while (texts.length < carried.length) {
    carryDown()
    if (texts.length < carried.length) texts.push("")
  }
  return { texts, reach }
}

/**
 * A table's rows with every cell repeated in all places it covers. Rows without text are dropped.
 * The grid is as wide as its first row or as the furthest cell with text of its own: a cell that
 * merely spans too far, or an empty one too many, adds no column. Short rows are padded with "".
 * Linear in the cells written, whatever they claim to span.
 */
export function expandGrid(
  rows: readonly (readonly SourceCell[])[],
): readonly (readonly string[])[] {
  const limit = maxGrowth * sum(rows.map((cells) => cells.length))
  const carried: Carried[] = []
  const filled: FilledRow[] = []
  let places = 0
  for (const cells of rows) {
    places += carried.length + sum(cells.map(({ columnSpan }) => columnSpan))
    if (places > limit) return []
    const row = fillRow(cells, carried)
    if (hasText(row.texts)) filled.push(row)
  }
  const width = filled.reduce(
    (widest, { reach }) => Math.max(widest, reach),
    filled[0]?.texts.length ?? 0,
  )
  if (width * filled.length > limit) return []
  return filled.map(({ texts }) =>
    Array.from({ length: width }, (_, column) => texts[column] ?? ""),
  )
}
