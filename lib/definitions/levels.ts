import * as Result from "effect/Result"
import type { LatestRow } from "../wiki/revisions/latest-rows.ts"
import { saysNothing } from "../wiki/rows/skipped-rows.ts"
import { isTotal } from "../wiki/tables/cells.ts"
import { hasColumn } from "../wiki/tables/columns.ts"
import { type DriftProblem, type DriftSubject, driftOf } from "./drift.ts"
import type { ParameterSource } from "./parameter-columns.ts"
import type { ParameterKey } from "./registry.ts"
import { placeOf } from "./rows-by-entity.ts"

/** A row of an upgrade table with the level it stands for. */
export interface NumberedRow {
  readonly level: number
  readonly row: LatestRow
}

/** Whole numbers that fit the database's integer. */
const level = /^\d{1,9}$/

const levelText = ({ rawRow }: LatestRow) => rawRow.Level ?? ""

const isLevel = (row: LatestRow) => level.test(levelText(row))

const isCounted = ({ headers }: LatestRow) => !hasColumn(headers, "Level")

const saysTheSame = (a: LatestRow, b: LatestRow) =>
  a.headers.every((header) => a.rawRow[header] === b.rawRow[header])

/** Levels that are counted and say the same as the one before: a row pasted twice moves all below. */
const repeatedRows = (numbered: readonly NumberedRow[]) =>
  numbered.flatMap(({ level, row }, at) => {
    const before = numbered[at - 1]
    return before !== undefined && isCounted(row) && saysTheSame(row, before.row)
      ? [`${before.level} and ${level}`]
      : []
  })

/**
 * An entity's rows by ascending level. The level is the row's own, so a parameter whose cell is
 * blank has no such level and its later levels keep their numbers.
 */
export function numberRows(
  subject: DriftSubject,
  rows: readonly LatestRow[],
): Result.Result<readonly NumberedRow[], readonly DriftProblem[]> {
  const invalid = rows
    .filter((row) => !isLevel(row))
    .map((row) => `"${levelText(row)}" in row ${placeOf(row)}`)
  const numbered = rows
    .filter(isLevel)
    .map((row) => ({ level: Number(levelText(row)), row }))
    .toSorted((a, b) => a.level - b.level)
  const claimed = [...Map.groupBy(numbered, ({ level }) => level)]
    .filter(([, same]) => same.length > 1)
    .map(([level, same]) => `${level} in rows ${same.map(({ row }) => placeOf(row)).join(" and ")}`)

  const problems = [
    { reason: "invalid-level", expected: ["a whole number"], found: invalid },
    { reason: "duplicate-level", expected: ["one row for each level"], found: claimed },
    { reason: "repeated-row", expected: ["rows that differ"], found: repeatedRows(numbered) },
  ] as const
  const drift = problems
    .filter(({ found }) => found.length > 0)
    .map(({ reason, ...details }) => driftOf(subject, reason, { header: "Level", ...details }))
  return drift.length === 0 ? Result.succeed(numbered) : Result.fail(drift)
}

/** What one row says of one parameter, as written. */
export interface LevelCells {
  readonly key: ParameterKey
  readonly valueRaw: string
  readonly costRaw: string
}

/**
 * Whether a row is the sum of its table, its label or its sum spanning columns: a cell that spans a
 * value and its cost is found in both. Else one might take the sum for a value that costs as much.
 */
const isSpannedSum = (cells: readonly LevelCells[]) =>
  cells.some(({ valueRaw, costRaw }) => isTotal(valueRaw) || isTotal(costRaw)) &&
  cells.some(({ valueRaw, costRaw }) => valueRaw === costRaw && valueRaw !== "")

/**
 * The levels a row has: one for each parameter of which neither value nor cost is a placeholder or
 * a total.
 */
export function levelCells(
  row: LatestRow,
  sources: readonly ParameterSource[],
): readonly LevelCells[] {
  const cells = sources.map(({ parameter, valueHeader, costHeader }) => ({
    key: parameter.key,
    valueRaw: row.rawRow[valueHeader] ?? "",
    costRaw: row.rawRow[costHeader] ?? "",
  }))
  if (isSpannedSum(cells)) return []
  return cells.filter(({ valueRaw, costRaw }) => !saysNothing(valueRaw) && !saysNothing(costRaw))
}
