import * as Arr from "effect/Array"
import * as Result from "effect/Result"
import type { LatestRow } from "../wiki/revisions/latest-rows.ts"
import { type DriftProblem, driftOf } from "./drift.ts"
import { normaliseHeader } from "./headers.ts"
import type { LevelledEntity } from "./levelled-entity.ts"
import { type ParameterSource, parameterSources } from "./parameter-sources.ts"

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
