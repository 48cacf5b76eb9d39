/**
 * What makes the text of a cell unreadable: an error message of MediaWiki's; a heading or table, which
 * follows a table that was never closed; a raised or lowered number, which would extend the number next
 * to it.
 */
export type CellFlaw = "an error message" | "a heading" | "a table" | "a raised number"

/** A cell as written: its text and how many rows and columns it covers. */
export interface SourceCell {
  readonly text: string
  readonly rowSpan: number
  readonly columnSpan: number
  readonly flaw: CellFlaw | null
}

/** A row as written. */
export interface SourceRow {
  /** The row group it is in; a cell reaches down no further than its group. */
  readonly group: object | null
  readonly cells: readonly SourceCell[]
}

/** A run of columns that one cell with text covers. */
export interface Span {
  readonly start: number
  /** The column after the last. */
  readonly end: number
}

/** A row with every cell repeated in all columns it covers. */
export interface GridRow {
  /** Its place among all rows of the table, those without text included, from 0. */
  readonly index: number
  readonly texts: readonly string[]
  /** How many columns its cells cover, from the first on; more than the grid has where empty. */
  readonly covered: number
  readonly spans: readonly Span[]
  readonly flaws: readonly { readonly column: number; readonly flaw: CellFlaw }[]
}

/** A cell that reaches down from above into its column, for so many more rows. */
interface Carried {
  readonly text: string
  readonly rows: number
  /** How many columns the cell covers, in the first of them; else 0. */
  readonly columnSpan: number
}

interface FilledRow extends GridRow {
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
function fillRow(index: number, cells: readonly SourceCell[], carried: Carried[]): FilledRow {
  const texts: string[] = []
  const spans: Span[] = []
  const flaws: GridRow["flaws"][number][] = []
  let reach = 0
  const addSpan = (text: string, columnSpan: number) => {
    const start = texts.length
    if (columnSpan > 1 && text !== "") spans.push({ start, end: start + columnSpan })
  }
  const carryDown = () => {
    for (let above = carried[texts.length]; above?.rows; above = carried[texts.length]) {
      carried[texts.length] = { ...above, rows: above.rows - 1 }
      addSpan(above.text, above.columnSpan)
      texts.push(above.text)
    }
  }
  for (const { text, rowSpan, columnSpan, flaw } of cells) {
    carryDown()
    addSpan(text, columnSpan)
    if (flaw !== null) flaws.push({ column: texts.length, flaw })
    if (text !== "") reach = texts.length + 1
    for (let covered = 0; covered < columnSpan; covered++) {
      carryDown()
      if (rowSpan > 1)
        carried[texts.length] = {
          ...{ text, rows: rowSpan - 1 },
          columnSpan: covered === 0 ? columnSpan : 0,
        }
      texts.push(text)
    }
  }
  carryDown()
  const covered = texts.length
  while (texts.length < carried.length) {
    carryDown()
    if (texts.length < carried.length) texts.push("")
  }
  return { index, texts, covered, spans, flaws, reach }
}

/**
 * A table's rows with every cell repeated in all places it covers, in its row group. Rows without
 * text are dropped. The grid is as wide as its first row or as the furthest cell with text of its
 * own: a cell that merely spans too far, or an empty one too many, adds no column. Short rows are
 * padded with "". Linear in the cells written, whatever they claim to span.
 */
export function expandGrid(rows: readonly SourceRow[]): readonly GridRow[] {
  const limit = maxGrowth * sum(rows.map(({ cells }) => cells.length))
  const carried: Carried[] = []
  const filled: FilledRow[] = []
  let places = 0
  for (const [index, { group, cells }] of rows.entries()) {
    if (group !== rows[index - 1]?.group) carried.length = 0
    places += carried.length + sum(cells.map(({ columnSpan }) => columnSpan))
    if (places > limit) return []
    const row = fillRow(index, cells, carried)
    if (hasText(row.texts)) filled.push(row)
  }
  const width = filled.reduce(
    (widest, { reach }) => Math.max(widest, reach),
    filled[0]?.texts.length ?? 0,
  )
  if (width * filled.length > limit) return []
  return filled.map(({ reach: _, texts, ...row }) => ({
    ...row,
    texts: Array.from({ length: width }, (_, column) => texts[column] ?? ""),
  }))
}
