import * as Arr from "effect/Array"
import * as Result from "effect/Result"
import type { LatestRow } from "../../wiki/revisions/latest-rows.ts"
import { type DriftProblem, driftOf } from "../drift.ts"
import type { ParameterColumn } from "../registry.ts"
import { normaliseHeader } from "./headers.ts"
import type { LevelledEntity } from "./levelled-entity.ts"
import { readUpgradeTable, type UpgradeTable } from "./upgrade-table.ts"

/** The stored headers of a parameter's value column and cost column. */
export interface ParameterSource {
  readonly parameter: ParameterColumn
  readonly valueHeader: string
  readonly costHeader: string
}

const headersOf = (columns: readonly { readonly header: string }[]) =>
  columns.map(({ header }) => header)

/** What is in the table and should not be: unknown columns, or not one value per parameter. */
function surplus(entity: LevelledEntity, { values, costs }: UpgradeTable): readonly DriftProblem[] {
  const expected = headersOf(entity.parameters)
  const known = new Set(expected.map(normaliseHeader))
  const present = new Set(values.map(({ meaning }) => meaning))
  const unknown = [
    ...values.filter(({ meaning }) => !known.has(meaning)),
    ...costs.filter(({ owners }) => owners.isDisjointFrom(present)),
  ].map(({ header }) => driftOf(entity, "unknown-header", { column: header, expected }))
  const found = headersOf(values)
  return found.length === expected.length
    ? unknown
    : [...unknown, driftOf(entity, "parameter-count", { expected, found })]
}

function sourceOf(
  entity: LevelledEntity,
  { values, costs }: UpgradeTable,
  parameter: ParameterColumn,
): Result.Result<ParameterSource, DriftProblem> {
  const { header } = parameter
  const meaning = normaliseHeader(header)
  const value = values.find((column) => column.meaning === meaning)
  if (value === undefined) {
    const found = headersOf(values)
    return Result.fail(
      driftOf(entity, "missing-header", { column: header, expected: [header], found }),
    )
  }
  const [cost, ...others] = costs.filter(({ owners }) => owners.has(meaning))
  const expected = [...entity.rules.costNames, `${entity.rules.currency} (${meaning})`]
  if (cost === undefined) {
    const found = headersOf([...values, ...costs])
    return Result.fail(driftOf(entity, "missing-cost-column", { column: header, expected, found }))
  }
  if (others.length > 0) {
    const found = headersOf([cost, ...others])
    return Result.fail(
      driftOf(entity, "ambiguous-cost-column", { column: header, expected, found }),
    )
  }
  return Result.succeed({ parameter, valueHeader: value.header, costHeader: cost.header })
}

/**
 * Finds the value and the cost column of each of an entity's parameters in a stored header list,
 * in the registry's order, or says everything about the list that is not as expected.
 */
export function parameterSources(
  entity: LevelledEntity,
  headers: readonly string[],
): Result.Result<readonly ParameterSource[], readonly DriftProblem[]> {
  const table = readUpgradeTable(entity, headers)
  const [sources, lacking] = Arr.partition(entity.parameters, (parameter) =>
    sourceOf(entity, table, parameter),
  )
  const problems = [...surplus(entity, table), ...lacking]
  return problems.length === 0 ? Result.succeed(sources) : Result.fail(problems)
}

/** Finds a row's value and cost columns by the header list stored with it. */
export type SourcesOfRow = (row: LatestRow) => readonly ParameterSource[]

const layoutOf = (row: LatestRow) => JSON.stringify(row.headers)

/** Equal for two header lists that hold the same headers, in whatever order and spelling. */
const headerSet = (headers: readonly string[]) =>
  JSON.stringify(headers.map(normaliseHeader).toSorted())

/**
 * Reads the header lists of an entity's rows. Their order may differ: a row whose content is
 * unchanged keeps the list it was stored with when someone moves a column. The headers may not:
 * then the rows come from different tables.
 */
export function readLayouts(
  entity: LevelledEntity,
  rows: readonly LatestRow[],
): Result.Result<SourcesOfRow, readonly DriftProblem[]> {
  const layouts = new Map(rows.map((row) => [layoutOf(row), row.headers]))
  const different = new Map([...layouts.values()].map((headers) => [headerSet(headers), headers]))
  if (different.size > 1) {
    const expected = entity.parameters.map(({ header }) => header)
    const found = [...different.values()].map((headers) => headers.join(", "))
    return Result.fail([driftOf(entity, "disagreeing-headers", { expected, found })])
  }
  const [read, failures] = Arr.partition(layouts, ([layout, headers]) =>
    Result.map(parameterSources(entity, headers), (sources) => [layout, sources] as const),
  )
  if (failures.length > 0) return Result.fail(failures.flat())
  const sources = new Map(read)
  return Result.succeed((row) => sources.get(layoutOf(row)) ?? [])
}
