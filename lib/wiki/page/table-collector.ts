import type { DomElement } from "./dom.ts"
import type { Place } from "./outline.ts"
import type { SourceCell } from "./table-grid.ts"
import type { TextStack } from "./text-stack.ts"

/** A table as written, its spans not expanded. */
export interface SourceTable extends Place {
  readonly caption: string | null
  readonly rows: readonly (readonly SourceCell[])[]
}

interface OpenCell extends SourceCell {
  text: string
}

interface OpenTable extends SourceTable {
  caption: string | null
  readonly rows: OpenCell[][]
}

/** The HTML standard's limits. */
const maxColumnSpan = 1000
const maxRowSpan = 65534

/** The number a span attribute starts with, 1 where there is none. */
const readSpan = (cell: DomElement, attribute: string) =>
  Number(/^\s*(\d+)/.exec(cell.getAttribute(attribute) ?? "")?.[1] ?? 1)

/** Collects tables in document order, each nested one after the one it stands in. */
export class TableCollector {
  readonly tables: SourceTable[] = []
  readonly #open: OpenTable[] = []

  enterTable(element: DomElement, place: Place, texts: TextStack): void {
    const table: OpenTable = { ...place, caption: null, rows: [] }
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

  enterRow(): void {
    this.#open.at(-1)?.rows.push([])
  }

  enterCell(element: DomElement, texts: TextStack): void {
    const table = this.#open.at(-1)
    if (table === undefined) return
    if (table.rows.length === 0) this.enterRow()
    // A row span of 0 means all rows that follow.
    const cell: OpenCell = {
      text: "",
      rowSpan: Math.min(readSpan(element, "rowspan") || maxRowSpan, maxRowSpan),
      columnSpan: Math.min(readSpan(element, "colspan") || 1, maxColumnSpan),
    }
    table.rows.at(-1)?.push(cell)
    texts.open(element, (text) => {
      cell.text = text
    })
  }
}
