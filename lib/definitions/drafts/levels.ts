import * as Arr from "effect/Array"
import * as Result from "effect/Result"
import { isNameless } from "../../wiki/page/table-headers.ts"
import type { LatestRow } from "../../wiki/revisions/latest-rows.ts"
import {
  isCost,
  isEndMark,
  isPlaceholder,
  isQuantity,
  isTotal,
  isTotalLabel,
  readLevel,
} from "../../wiki/tables/cells.ts"
import { hasColumn } from "../../wiki/tables/columns.ts"
import type { LevelDraft } from "../definition.ts"
import { type DriftProblem, type DriftSubject, driftOf } from "../drift.ts"
import type { LevelledKindRules, ParameterKey } from "../registry.ts"
import type { LevelledEntity } from "./levelled-entity.ts"
import type { ParameterSource } from "./parameter-columns.ts"
import { placeOf } from "./rows-by-entity.ts"

/** A row of an upgrade table with its level. */
export interface NumberedRow {
  readonly level: number
  readonly row: LatestRow
}

const levelText = ({ rawRow }: LatestRow) => rawRow.Level ?? ""

const isCounted = ({ headers }: LatestRow) => !hasColumn(headers, "Level")

const cellsOf = ({ headers, rawRow }: LatestRow) => headers.map((header) => rawRow[header] ?? "")

/** The label of a counted row that sums up the rows above it; null where the row is a level. */
function totalLabel(row: LatestRow): string | null {
  const label = cellsOf(row).find((cell) => cell !== "") ?? ""
  return isCounted(row) && isTotalLabel(label) ? label : null
}

const saysTheSame = (a: LatestRow, b: LatestRow) =>
  a.headers.every((header) => a.rawRow[header] === b.rawRow[header])

/** Counted levels equal to the one before: a row pasted twice shifts all levels below it. */
const repeatedRows = (numbered: readonly NumberedRow[]) =>
  numbered.flatMap(({ level, row }, at) => {
    const before = numbered[at - 1]
    return before !== undefined && isCounted(row) && saysTheSame(row, before.row)
      ? [`${before.level} and ${level}`]
      : []
  })

/** Totals that were counted as levels although levels follow, whose numbers are then wrong. */
const countedTotals = (subject: DriftSubject, numbered: readonly NumberedRow[]) => {
  const last = numbered.findLastIndex(({ row }) => totalLabel(row) === null)
  return numbered.slice(0, Math.max(last, 0)).flatMap(({ level, row }) => {
    const label = totalLabel(row)
    return label === null
      ? []
      : driftOf(placeIn(subject, row), "counted-total", {
          ...{ row: String(level), column: "Level" },
          ...{ expected: ["no level after it"], found: [label] },
        })
  })
}

/** Levels without a row below the last level: the game skips none, so a row has been lost. */
const missingLevels = (subject: DriftSubject, numbered: readonly NumberedRow[]) =>
  numbered.flatMap(({ level, row }, at) => {
    const before = numbered[at - 1]?.level ?? 0
    const gap = level - before - 1
    if (gap < 1) return []
    const first = before + 1
    return driftOf(placeIn(subject, row), "missing-level", {
      ...{ row: gap === 1 ? String(first) : `${first} to ${level - 1}`, column: "Level" },
      ...{ expected: ["a row for each level"], found: [`level ${level}`] },
    })
  })

/** The subject at the table and page version of one of its rows. */
export const placeIn = (subject: DriftSubject, row: LatestRow): DriftSubject => ({
  ...subject,
  page: row.pageUrl,
  revision: row.pageRevision,
  table: row.sourceSection,
})

/**
 * An entity's rows by ascending level. The level is the row's own, so a parameter whose cell is
 * blank has no such level and its later levels keep their numbers.
 */
export function numberRows(
  subject: DriftSubject,
  rows: readonly LatestRow[],
): Result.Result<readonly NumberedRow[], readonly DriftProblem[]> {
  const [numbered, unnumbered] = Arr.partition(rows, (row) => {
    const level = readLevel(levelText(row))
    return level === null ? Result.fail(row) : Result.succeed({ level, row })
  })
  const ascending = numbered.toSorted((a, b) => a.level - b.level)
  const invalid = unnumbered.map((row) => `"${levelText(row)}" in row ${placeOf(row)}`)
  const claimed = [...Map.groupBy(ascending, ({ level }) => level)]
    .filter(([, same]) => same.length > 1)
    .map(([level, same]) => `${level} in rows ${same.map(({ row }) => placeOf(row)).join(" and ")}`)

  const problems = [
    { reason: "invalid-level", expected: ["a whole number"], found: invalid },
    { reason: "duplicate-level", expected: ["one row for each level"], found: claimed },
    { reason: "repeated-row", expected: ["rows that differ"], found: repeatedRows(ascending) },
  ] as const
  const drift = [
    ...problems
      .filter(({ found }) => found.length > 0)
      .map(({ reason, ...details }) => driftOf(subject, reason, { column: "Level", ...details })),
    ...missingLevels(subject, ascending),
    ...countedTotals(subject, ascending),
  ]
  return drift.length === 0 ? Result.succeed(ascending) : Result.fail(drift)
}

/** What one row says about one parameter, as written. */
export interface LevelCells {
  readonly key: ParameterKey
  readonly valueRaw: string
  readonly costRaw: string
}

/** A level of a parameter with the row it is from. */
export interface ReadLevel {
  readonly key: ParameterKey
  readonly level: LevelDraft
  readonly row: LatestRow
}

interface WrittenCells extends LevelCells {
  readonly valueHeader: string
  readonly costHeader: string
}

const expectedValue = ["a number with its unit, such as 20s, x1.05 or 14,052"]
const expectedCost = ["a whole number, Free, Unlock or MAX"]

type CellProblem = Pick<DriftProblem, "reason" | "column" | "expected" | "found">

/**
 * A value that is not a quantity. It may be blank, or label a total, or mark the end of its column; such
 * a mark must have no cost of its own.
 */
function valueProblems(
  { costs }: LevelledKindRules,
  { valueHeader, valueRaw, costRaw }: WrittenCells,
): readonly CellProblem[] {
  const hasEnded = isEndMark(valueRaw) && (costs === "shared" || isPlaceholder(costRaw))
  return isQuantity(valueRaw) || isPlaceholder(valueRaw) || isTotal(valueRaw) || hasEnded
    ? []
    : [{ reason: "not-a-value", column: valueHeader, expected: expectedValue, found: [valueRaw] }]
}

/** Costs that are not amounts, each reported once although parameters may share it. */
const costProblems = (cells: readonly WrittenCells[]): readonly CellProblem[] =>
  [...new Map(cells.map(({ costHeader, costRaw }) => [costHeader, costRaw]))]
    .filter(([, costRaw]) => !isCost(costRaw) && !isPlaceholder(costRaw))
    .map(([column, costRaw]) => ({
      ...{ reason: "not-a-cost", column },
      ...{ expected: expectedCost, found: [costRaw] },
    }))

/** Text in columns without a header: a cell too many may have moved the others. */
const namelessProblems = ({ headers, rawRow }: LatestRow): readonly CellProblem[] =>
  headers
    .filter((header) => isNameless(header) && !isPlaceholder(rawRow[header] ?? ""))
    .map((column) => ({
      ...{ reason: "text-without-header", column, expected: ["nothing"] },
      found: [rawRow[column] ?? ""],
    }))

const isLevel = ({ valueRaw, costRaw }: LevelCells) =>
  isQuantity(valueRaw) && !isPlaceholder(costRaw)

/** Whether a value repeats the cell next to it, as one cell across both columns does. */
function isSpanned(
  { headers, rawRow }: LatestRow,
  { valueHeader, valueRaw, costRaw }: WrittenCells,
) {
  const before = headers[headers.indexOf(valueHeader) - 1]
  return valueRaw === costRaw || (before !== undefined && rawRow[before] === valueRaw)
}

/**
 * The levels of a row, one for each parameter that has both a value and a cost, or every cell that is
 * neither. A row labelled as a total has none.
 */
export function levelCells(
  entity: LevelledEntity,
  { level, row }: NumberedRow,
  sources: readonly ParameterSource[],
): Result.Result<readonly LevelCells[], readonly DriftProblem[]> {
  const drift = (problems: readonly CellProblem[]) =>
    problems.map(({ reason, ...details }) =>
      driftOf(placeIn(entity, row), reason, { row: String(level), ...details }),
    )
  const cells = sources.map(({ parameter, valueHeader, costHeader }) => ({
    ...{ key: parameter.key, valueHeader, costHeader },
    ...{ valueRaw: row.rawRow[valueHeader] ?? "", costRaw: row.rawRow[costHeader] ?? "" },
  }))
  const label = totalLabel(row)
  if (label !== null) {
    const beside = cells.find((pair) => isLevel(pair) && !isSpanned(row, pair))
    return beside === undefined
      ? Result.succeed([])
      : Result.fail(
          drift([
            {
              ...{ reason: "level-in-a-total", column: beside.valueHeader },
              ...{ expected: ["a level or a total"], found: [label] },
            },
          ]),
        )
  }
  const problems = [
    ...cells.flatMap((pair) => valueProblems(entity.rules, pair)),
    ...costProblems(cells),
    ...namelessProblems(row),
  ]
  if (problems.length > 0) return Result.fail(drift(problems))
  return Result.succeed(
    cells.filter(isLevel).map(({ key, valueRaw, costRaw }) => ({ key, valueRaw, costRaw })),
  )
}
