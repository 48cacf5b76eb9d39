import type { CellFlaw } from "../page/table-grid.ts"
import { isNameless } from "../page/table-headers.ts"
import { isCost, isEndMark, isPlaceholder, isQuantity, isTotal } from "../tables/cells.ts"
import type { LevelColumns } from "./level-columns.ts"
import type { TableRow } from "./raw-row.ts"
import { namedWidth, type RowProblem, structureProblems, widthProblem } from "./row-problems.ts"

const isBlank = (text: string | undefined) => isPlaceholder(text ?? "")

const expectedInPlace = {
  "an error message": "text",
  "a heading": "a cell that ends before it",
  "a table": "a cell that ends before it",
  "a raised number": "a number on the line",
} as const satisfies Record<CellFlaw, string>

/**
 * Headings and tables in a cell, which follow a table that was never closed, and raised numbers. Most of
 * these cells are not quantities either, but this names the cause, and it also holds for tables named with
 * `--table-index`, whose cells may say anything.
 */
const flawProblems = ({ headers }: LevelColumns, row: TableRow): readonly RowProblem[] =>
  row.flaws
    .filter(({ flaw }) => flaw !== "an error message")
    .map(({ column, flaw }) => ({
      row,
      column: headers[column] ?? null,
      found: `${flaw} inside the cell, "${row.cells[column] ?? ""}"`,
      expected: expectedInPlace[flaw],
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

/** Text in a column without a header: a cell too many has shifted those after it. */
const spacerProblems = ({ headers }: LevelColumns, row: TableRow): readonly RowProblem[] =>
  headers.slice(0, namedWidth(headers)).flatMap((header, at) =>
    isNameless(header) && row.cells[at] !== ""
      ? {
          row,
          column: null,
          found: `"${row.cells[at]}" in a column without a header`,
          expected: "nothing there",
        }
      : [],
  )

/** One cell over several columns with names: it cannot be what each of them is for. */
const spanProblems = ({ headers }: LevelColumns, row: TableRow) =>
  row.spans.flatMap(({ start, end }) => {
    const covered = headers.slice(start, end).filter((header) => !isNameless(header))
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
 * more, empty ones after its last. Otherwise there is no telling which cell is missing or too many.
 */
function widthProblems(
  { headers, pairs }: LevelColumns,
  row: TableRow,
  before: TableRow | undefined,
  after: TableRow | undefined,
): readonly RowProblem[] {
  const width = namedWidth(headers)
  const isShort = row.covered < width
  if (!isShort && row.covered <= headers.length) return []
  const isPlain = isShort
    ? before !== undefined &&
      headers.slice(row.covered, width).every((_, at) => isBlank(before.cells[row.covered + at])) &&
      pairs.every(({ value, cost }) => isBlank(row.cells[value]) || !isBlank(row.cells[cost]))
    : [row, before, after].every((near) => !near || !isBlank(near.cells[width - 1]))
  return isPlain ? [] : [widthProblem(headers, row)]
}

/**
 * A column that continues below an empty cell, or below the mark of its end: that cell was damaged, or
 * one too many or too few has shifted the cells of its row.
 */
function shiftProblems(
  { headers, values, costs }: LevelColumns,
  row: TableRow,
  before: TableRow | undefined,
): readonly RowProblem[] {
  if (before === undefined || values.every((at) => before.cells[at] === "")) return []
  const isEnded = (at: number) =>
    before.cells[at] === "" || (values.includes(at) && isEndMark(before.cells[at] ?? ""))
  const resumed = [...values, ...costs].find(
    (at) => isEnded(at) && row.cells[at] !== "" && row.cells[at] !== before.cells[at],
  )
  if (resumed === undefined) return []
  const column = headers[resumed] ?? null
  return [
    {
      ...{ row, column, expected: "nothing" },
      found: `"${row.cells[resumed]}" below ${before.cells[resumed] === "" ? "an empty cell" : `"${before.cells[resumed]}"`}`,
    },
  ]
}

/**
 * A value without its cost, or a cost of one value without that value: the level would be lost in silence.
 * A placeholder says that there is no level.
 */
const halfProblems = (columns: LevelColumns, row: TableRow): readonly RowProblem[] => {
  const isValue = (at: number) => isQuantity(row.cells[at] ?? "")
  if (!columns.values.some(isValue)) return []
  const lacking = columns.pairs.flatMap(({ value, cost }) => {
    if (isValue(value) && row.cells[cost] === "") return cost
    const price = row.cells[cost] ?? ""
    const isPaid = columns.costs.length > 1 && isCost(price) && !isEndMark(price)
    return isPaid && row.cells[value] === "" ? value : []
  })
  return [...new Set(lacking)].map((at) =>
    cellProblem(
      columns,
      row,
      at,
      columns.costs.includes(at) ? "a whole number" : "a number with its unit",
    ),
  )
}

/** Everything that is wrong with a row that holds a level. */
function rowProblems(
  columns: LevelColumns,
  row: TableRow,
  before: TableRow | undefined,
  after: TableRow | undefined,
  checksCells: boolean,
): readonly RowProblem[] {
  const structure = [
    ...structureProblems(columns.headers, row),
    ...flawProblems(columns, row),
    ...spanProblems(columns, row),
  ]
  // Once cells are in the wrong columns, most of them look wrong, which would only hide the cause.
  if (structure.length > 0) return structure
  const width = [
    ...widthProblems(columns, row, before, after),
    ...shiftProblems(columns, row, before),
    ...spacerProblems(columns, row),
  ]
  return width.length > 0 || !checksCells
    ? width
    : [...cellProblems(columns, row), ...halfProblems(columns, row)]
}

/** Everything that is wrong with the rows that hold levels; a sound row is compared with sound ones. */
export function levelProblems(
  columns: LevelColumns,
  rows: readonly TableRow[],
  checksCells: boolean,
): readonly RowProblem[] {
  let before: TableRow | undefined
  return rows.flatMap((row, at) => {
    const problems = rowProblems(columns, row, before, rows[at + 1], checksCells)
    if (problems.length === 0) before = row
    return problems
  })
}
