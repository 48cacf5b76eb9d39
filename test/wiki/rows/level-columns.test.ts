import { describe, expect, test } from "bun:test"
import type { Span } from "../../../lib/wiki/page/table-grid.ts"
import { hasLevelPair, levelColumns, spansPair } from "../../../lib/wiki/rows/level-columns.ts"
import type { TableRow } from "../../../lib/wiki/rows/raw-row.ts"

const columns = levelColumns(["Level", "Damage", "Cost", "Range", "Cost__2"], undefined)

const row = (cells: readonly string[], spans: readonly Span[] = []): TableRow => ({
  ...{ number: 1, cells, spans, covered: cells.length, flaws: [] },
  byHeader: Object.fromEntries(columns.headers.map((header, at) => [header, cells[at] ?? ""])),
})

describe("a value and its cost", () => {
  test("each value is paired with the cost after it", () => {
    expect(columns.pairs).toEqual([
      { value: 1, cost: 2 },
      { value: 3, cost: 4 },
    ])
  })

  test("one value with its cost makes a level, even if another value has ended", () => {
    expect(hasLevelPair(columns, row(["1", "5x", "10", "", ""]))).toBe(true)
    expect(hasLevelPair(columns, row(["1", "", "", "7m", "10"]))).toBe(true)
    expect(hasLevelPair(columns, row(["1", "5x", "", "", "10"]))).toBe(false)
  })

  test("a cell across a value and its cost makes no level", () => {
    const cells = ["1", "5x", "5x", "", ""]
    expect(hasLevelPair(columns, row(cells, [{ start: 1, end: 3 }]))).toBe(false)
    expect(hasLevelPair(columns, row(cells, [{ start: 3, end: 5 }]))).toBe(true)
    expect(spansPair(columns, { start: 1, end: 3 })).toBe(true)
    expect(spansPair(columns, { start: 2, end: 4 })).toBe(false)
  })
})
