import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { expandGrid as expandRows, type SourceCell } from "../../../lib/wiki/page/table-grid.ts"

const cell = (text: string, rowSpan = 1, columnSpan = 1): SourceCell => ({
  text,
  rowSpan,
  columnSpan,
  flaw: null,
})

/** The texts of a grid made of these rows, all of one group. */
const expandGrid = (rows: readonly (readonly SourceCell[])[]) =>
  expandRows(rows.map((own) => ({ group: null, cells: own }))).map(({ texts }) => texts)

const cells = (...texts: readonly string[]) => texts.map((text) => cell(text))

describe("a table's grid", () => {
  test("a table's grid repeats a cell in every place its spans cover", () => {
    const grid = expandGrid([
      [cell("a"), cell("b", 2, 2), cell("c")],
      [cell("d"), cell("e", 2)],
      cells("f", "g", "h"),
    ])
    expect(grid).toEqual([
      ["a", "b", "b", "c"],
      ["d", "b", "b", "e"],
      ["f", "g", "h", "e"],
    ])
  })

  test("a table's grid fills the gap between short rows and a cell that reaches down further right", () => {
    const grid = expandGrid([[cell("a"), cell("b"), cell("c", 3)], cells("d"), cells("e", "f")])
    expect(grid).toEqual([
      ["a", "b", "c"],
      ["d", "", "c"],
      ["e", "f", "c"],
    ])
  })

  test("a table's grid pads short rows and drops rows without text", () => {
    expect(expandGrid([[], cells("a", "b"), cells("", ""), cells("c"), []])).toEqual([
      ["a", "b"],
      ["c", ""],
    ])
  })

  test("a table's grid grows by a cell with text of its own, not by empty cells or a span that is too wide", () => {
    const tooWide = [cells("a", "b"), cells("1", "2", ""), [cell("Total", 1, 9)]]
    expect(expandGrid(tooWide).map((row) => row.length)).toEqual([2, 2, 2])
    expect(expandGrid([...tooWide, cells("3", "4", "5")]).map((row) => row.length)).toEqual([
      3, 3, 3, 3,
    ])
  })

  test("a table's grid has no rows where spans claim far more places than cells were written", () => {
    const many = Array.from({ length: 1000 }, () => [cell("x", 65534, 1000)])
    expect(expandGrid(many)).toEqual([])
  })

  test("a table's grid that would be mostly padding has no rows", () => {
    const wide = Array.from({ length: 2000 }, () => "x")
    expect(expandGrid([cells(...wide), ...wide.map((text) => cells(text))])).toEqual([])
  })

  test("a table's grid is a rectangle with every text that was written", () => {
    const source = fc.record({
      text: fc.constantFrom("", "a", "b"),
      rowSpan: fc.integer({ min: 1, max: 4 }),
      columnSpan: fc.integer({ min: 1, max: 4 }),
      flaw: fc.constant(null),
    })
    fc.assert(
      fc.property(fc.array(fc.array(source, { maxLength: 5 }), { maxLength: 6 }), (rows) => {
        const grid = expandGrid(rows)
        expect(new Set(grid.map((row) => row.length)).size).toBeLessThanOrEqual(1)
        const written = rows.flat().map(({ text }) => text)
        expect(new Set(grid.flat().filter((text) => text !== ""))).toEqual(
          new Set(written.filter((text) => text !== "")),
        )
      }),
    )
  })
})
