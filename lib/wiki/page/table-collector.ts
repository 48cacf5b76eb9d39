import type { DomElement, DomNode } from "./dom.ts"
import type { Place } from "./outline.ts"
import type { CellFlaw, SourceCell, SourceRow } from "./table-grid.ts"
import type { TextStack } from "./text-stack.ts"

/** A table as written, its spans not expanded. */
export interface SourceTable extends Place {
  readonly caption: string | null
  readonly rows: readonly SourceRow[]
}

interface OpenCell extends SourceCell {
  text: string
  flaw: CellFlaw | null
}

interface OpenRow extends SourceRow {
  readonly cells: OpenCell[]
}

interface OpenTable extends SourceTable {
  caption: string | null
  readonly rows: OpenRow[]
  /** The cell that the walk is in. */
  cell: OpenCell | null
}

/** The HTML standard's limits. */
const maxColumnSpan = 1000
const maxRowSpan = 65534

/** The number a span attribute starts with, 1 where there is none. */
const readSpan = (cell: DomElement, attribute: string) =>
  Number(/^\s*(\d+)/.exec(cell.getAttribute(attribute) ?? "")?.[1] ?? 1)

/** Collects tables in document order, each nested one after the one it is nested in. */
export class TableCollector {
  readonly tables: SourceTable[] = []
  readonly #open: OpenTable[] = []

  enterTable(element: DomElement, place: Place, texts: TextStack): void {
    this.flawCell("a table")
    const table: OpenTable = { ...place, caption: null, rows: [], cell: null }
    this.tables.push(table)
    this.#open.push(table)
    texts.open(element, () => {
      this.#open.pop()
    })
  }

  enterCaption(element: DomElement, texts: TextStack): void {
    const table = this.#open.at(-1)
    if (table === undefined) return
    texts.open(element, (text) => {
      table.caption ??= text || null
    })
  }

  /** Enters a row of a group (`thead`, `tbody`, `tfoot`), or of the table itself. */
  enterRow(group: DomNode | null): void {
    this.#open.at(-1)?.rows.push({ group, cells: [] })
  }

  enterCell(element: DomElement, texts: TextStack): void {
    const table = this.#open.at(-1)
    if (table === undefined) return
    if (table.rows.length === 0) this.enterRow(element.parentNode)
    // A row span of 0 means all rows that follow in the group.
    const cell: OpenCell = {
      text: "",
      flaw: null,
      rowSpan: Math.min(readSpan(element, "rowspan") || maxRowSpan, maxRowSpan),
      columnSpan: Math.min(readSpan(element, "colspan") || 1, maxColumnSpan),
    }
    table.rows.at(-1)?.cells.push(cell)
    table.cell = cell
    texts.open(element, (text) => {
      cell.text = text
      table.cell = null
    })
  }

  /** Notes that the cell being read, if any, holds what no cell of data does. */
  flawCell(flaw: CellFlaw): void {
    const cell = this.#open.at(-1)?.cell
    if (cell) cell.flaw ??= flaw
  }
}
