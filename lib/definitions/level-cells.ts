import type { LatestRow } from "../wiki/revisions/latest-rows.ts"
import { saysNothing } from "../wiki/rows/skipped-rows.ts"
import { isTotal } from "../wiki/tables/cells.ts"
import type { ParameterSource } from "./parameter-sources.ts"
import type { ParameterKey } from "./registry.ts"

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
