import { isCost, isEndMark, isPlaceholder, isQuantity, isTotal } from "../tables/cells.ts"
import type { LevelColumns } from "./level-columns.ts"
import type { TableRow } from "./raw-row.ts"
import { namedWidth, type RowProblem, structureProblems } from "./row-problems.ts"

const isBlank = (text: string | undefined) => isPlaceholder(text ?? "")

/** Headings and tables in a cell: the table above them was never closed. */
const unclosedProblems = ({ headers }: LevelColumns, row: TableRow): readonly RowProblem[] =>
  row.flaws
    .filter(({ flaw }) => flaw !== "an error message")
    .map(({ column, flaw }) => ({
      row,
      column: headers[column] ?? null,
      found: `${flaw} inside the cell, "${row.cells[column] ?? ""}"`,
      expected: "a cell that ends before it",
    }))

const cellProblem = (columns: LevelColumns, row: TableRow, at: number, expected: string) => ({
  row,
  column: columns.headers[at] ?? null,
  found: `"${row.cells[at] ?? ""}"`,
  expected,
})

/** Values and costs that are not what their column is for. */
const cellProblems = (columns: LevelColumns, row: TableRow): readonly RowProblem[] => {
  const isValue = (text: string) =>
    isQuantity(text) || isBlank(text) || isTotal(text) || isEndMark(text)
  const wrong = (places: readonly number[], isRight: (text: string) => boolean) =>
    places.filter((at) => !isRight(row.cells[at] ?? ""))
  return [
    ...wrong(columns.values, isValue).map((at) =>
      cellProblem(columns, row, at, "a number with its unit"),
    ),
    ...wrong(columns.costs, (text) => isCost(text) || isBlank(text)).map((at) =>
      cellProblem(columns, row, at, "a whole number"),
    ),
  ]
}

/** Text in a column that has no header: a cell too many has moved those after it. */
const spacerProblems = ({ headers }: LevelColumns, row: TableRow): readonly RowProblem[] =>
  headers.slice(0, namedWidth(headers)).flatMap((header, at) =>
    /^col_\d+$/.test(header) && row.cells[at] !== ""
      ? {
          row,
          column: null,
          found: `"${row.cells[at]}" in a column without a header`,
          expected: "nothing there",
        }
      : [],
  )

/** One cell over several columns with names: it cannot be what each of them is for. */
const spanProblems = ({ headers, values, costs }: LevelColumns, row: TableRow) =>
  row.spans.flatMap(({ start, end }) => {
    const covered = [...values, ...costs].filter((at) => start <= at && at < end)
    return covered.length < 2
      ? []
      : {
          row,
          column: headers[start] ?? null,
          found: `"${row.cells[start] ?? ""}" in one cell across ${covered.length} columns`,
          expected: "a cell for each column",
        }
  })

/**
 * A row with fewer cells than the table may leave out what ended above it, at its end; a row with
 * more, empty ones after its last. Otherwise nobody can tell which cell is missing or too many.
 */
function widthProblems(
  { headers, pairs }: LevelColumns,
  row: TableRow,
  before: TableRow | undefined,
  after: TableRow | undefined,
): readonly RowProblem[] {
  const width = namedWidth(headers)
  const expected = `${width} cells`
  if (row.covered < width) {
    const hasEnded = headers
      .slice(0, width)
      .every((_, at) => at < row.covered || (before !== undefined && isBlank(before.cells[at])))
    const isWhole = pairs.every(
      ({ value, cost }) => !(isBlank(row.cells[cost]) && isQuantity(row.cells[value] ?? "")),
    )
    if (!hasEnded || !isWhole)
      return [{ row, column: null, found: "fewer cells than the table has columns", expected }]
  }
  if (row.covered > headers.length) {
    const goesOn = [row, before, after].every((near) => !near || !isBlank(near.cells[width - 1]))
    if (!goesOn)
      return [{ row, column: null, found: "more cells than the table has columns", expected }]
  }
  return []
}

/** Everything that is wrong with a row that holds a level, which rows of levels surround. */
export function levelProblems(
  columns: LevelColumns,
  row: TableRow,
  before: TableRow | undefined,
  after: TableRow | undefined,
): readonly RowProblem[] {
  const structure = [
    ...structureProblems(columns.headers, row),
    ...unclosedProblems(columns, row),
    ...spanProblems(columns, row),
  ]
  // A row that is out of joint has wrong cells all along, which would only hide what is wrong.
  if (structure.length > 0) return structure
  const width = [...widthProblems(columns, row, before, after), ...spacerProblems(columns, row)]
  return width.length > 0 ? width : cellProblems(columns, row)
}
