import type { Span } from "../page/table-grid.ts"
import { isNameless } from "../page/table-headers.ts"
import { isPlaceholder, isQuantity } from "../tables/cells.ts"
import { headerNamed, isCostColumn, isValueColumn } from "../tables/columns.ts"
import type { TableRow } from "./raw-row.ts"

/** A value and what it costs, by the places of their columns. */
export interface ValueAndCost {
  readonly value: number
  readonly cost: number
}

/** The columns of a table of levels by their role. */
export interface LevelColumns {
  readonly headers: readonly string[]
  /** The header of the levels; undefined where rows are counted, or have no level. */
  readonly level: string | undefined
  readonly star: string | undefined
  readonly values: readonly number[]
  readonly costs: readonly number[]
  /** Each value with its cost: the one after it, or the only one of the row. */
  readonly pairs: readonly ValueAndCost[]
}

/**
 * Finds the columns of a table of levels.
 *
 * @param subject header of the column that names the entity, if the table has one
 */
export function levelColumns(
  headers: readonly string[],
  subject: string | undefined,
): LevelColumns {
  const columns = [...headers.keys()].filter((at) => {
    const header = headers[at] ?? ""
    return header !== subject && !isNameless(header)
  })
  const costs = columns.filter((at) => isCostColumn(headers[at] ?? ""))
  const values = columns.filter((at) => isValueColumn(headers[at] ?? ""))
  const [shared, ...others] = costs
  const costOf = (value: number) =>
    others.length === 0 ? shared : costs.find((cost) => cost > value)
  return {
    headers,
    level: headerNamed(headers, "Level"),
    star: headerNamed(headers, "Star"),
    values,
    costs,
    pairs: values.flatMap((value) => {
      const cost = costOf(value)
      return cost === undefined ? [] : { value, cost }
    }),
  }
}

/** Whether a row has a value and its cost, each in a cell of its own, as every level has. */
export const hasLevelPair = ({ pairs }: LevelColumns, { cells, spans }: TableRow): boolean =>
  pairs.some(
    ({ value, cost }) =>
      isQuantity(cells[value] ?? "") &&
      !isPlaceholder(cells[cost] ?? "") &&
      !spans.some(({ start, end }) => [value, cost].some((at) => start <= at && at < end)),
  )

/** Whether one cell spans a value and its cost, so that it must be a sum or a note. */
export const spansPair = ({ pairs }: LevelColumns, { start, end }: Span): boolean =>
  pairs.some(({ value, cost }) => [value, cost].every((at) => start <= at && at < end))
