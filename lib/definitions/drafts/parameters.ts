import * as Arr from "effect/Array"
import * as Result from "effect/Result"
import type { LevelDraft, ParameterDraft } from "../definition.ts"
import { type DriftProblem, driftOf } from "../drift.ts"
import {
  type Currency,
  type ParameterColumn,
  type ParameterKey,
  parameterUnits,
  type UnitKind,
} from "../registry.ts"
import { columnProblem, disorder } from "./column-problems.ts"
import type { LevelledEntity } from "./levelled-entity.ts"
import { levelCells, type NumberedRow, type ReadLevel } from "./levels.ts"
import type { SourcesOfRow } from "./parameter-columns.ts"

/** How the wiki writes a value of each unit. A bare number, or `25m`, does not show its unit. */
const notations: readonly { readonly unit: UnitKind; readonly pattern: RegExp }[] = [
  { unit: "percent", pattern: /\d\s*%$/ },
  { unit: "seconds", pattern: /\d\s*s$/i },
  { unit: "multiplier", pattern: /^[x×]\s*\d|\d\s*[x×]$/i },
  { unit: "count", pattern: /\d\s*#$/ },
]

/** The unit that a value is written in; null where it does not show one. */
export function unitOfNotation(value: string): UnitKind | null {
  return notations.find(({ pattern }) => pattern.test(value))?.unit ?? null
}

/**
 * The unit of a parameter: the one its values are all written in (`5.0%`, `20s`, `5.8×`), else,
 * where they differ or say nothing, the registry's. The wiki is closer to the game than we are: a
 * parameter that used to be a time and is a percentage today is written as one.
 */
export function unitOfValues(values: readonly string[], registered: UnitKind): UnitKind {
  const [first, ...others] = values
  const unit = first === undefined ? null : unitOfNotation(first)
  const unanimous = others.every((value) => unitOfNotation(value) === unit)
  return unanimous ? (unit ?? registered) : registered
}

/** The level before the first upgrade, where the registry has one and the table leaves it out. */
function levelZero(
  { atLevelZero }: ParameterColumn,
  read: readonly LevelDraft[],
  currency: Currency,
): readonly LevelDraft[] {
  return atLevelZero === undefined || read.some(({ level }) => level === 0)
    ? []
    : [{ level: 0, valueRaw: atLevelZero, costRaw: "0", currency, sourceRowId: null }]
}

/** A column without a single level is drift: all stored levels would be deleted. */
function draftParameter(
  entity: LevelledEntity,
  parameter: ParameterColumn,
  cells: readonly ReadLevel[],
): Result.Result<ParameterDraft, DriftProblem> {
  const { header, key } = parameter
  const problem = columnProblem(entity, header, cells)
  if (problem !== undefined) return Result.fail(problem)
  const read = cells.map(({ level }) => level)
  if (read.length === 0) {
    return Result.fail(
      driftOf(entity, "no-levels", { column: header, expected: ["a value and a cost"] }),
    )
  }
  const levels = [...levelZero(parameter, read, entity.rules.currency), ...read]
  const values = levels.map(({ valueRaw }) => valueRaw)
  const unitKind = unitOfValues(values, parameterUnits[key])
  return Result.succeed({ key, displayName: header, unitKind, levels })
}

/** The levels that rows have for each parameter, in the order of the rows. */
function readLevels(
  entity: LevelledEntity,
  rows: readonly NumberedRow[],
  sourcesOf: SourcesOfRow,
): Result.Result<ReadonlyMap<ParameterKey, readonly ReadLevel[]>, readonly DriftProblem[]> {
  const [read, failures] = Arr.partition(rows, (numbered) =>
    Result.map(levelCells(entity, numbered, sourcesOf(numbered.row)), (cells) =>
      cells.map(({ key, ...content }) => {
        const { level, row } = numbered
        const { currency } = entity.rules
        return { key, row, level: { level, ...content, currency, sourceRowId: row.id } }
      }),
    ),
  )
  if (failures.length > 0) return Result.fail(failures.flat())
  return Result.succeed(Map.groupBy(read.flat(), ({ key }) => key))
}

/**
 * The parameters of an entity, in the registry's order, with the levels of its rows, values and
 * costs copied as written.
 *
 * @param rows by ascending level
 */
export function draftParameters(
  entity: LevelledEntity,
  rows: readonly NumberedRow[],
  sourcesOf: SourcesOfRow,
): Result.Result<readonly ParameterDraft[], readonly DriftProblem[]> {
  return Result.flatMap(readLevels(entity, rows, sourcesOf), (levels) => {
    const outOfOrder = disorder(entity, [...levels.values()])
    if (outOfOrder.length > 0) return Result.fail(outOfOrder)
    const [drafts, problems] = Arr.partition(entity.parameters, (parameter) =>
      draftParameter(entity, parameter, levels.get(parameter.key) ?? []),
    )
    return problems.length === 0 ? Result.succeed(drafts) : Result.fail(problems)
  })
}
