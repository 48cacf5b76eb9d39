import { isNameless } from "../../wiki/page/table-headers.ts"
import { isCostColumn, isValueColumn } from "../../wiki/tables/columns.ts"
import type { ParameterColumn } from "../registry.ts"
import { normaliseHeader, readCostHeader } from "./headers.ts"
import type { LevelledEntity } from "./levelled-entity.ts"

/** Whether a column has a part to play, not only to say which row it is or to keep a distance. */
const isUpgradeColumn = (header: string) =>
  (isValueColumn(header) || isCostColumn(header)) && !isNameless(header)

export interface ValueColumn {
  /** The header as stored. */
  readonly header: string
  /** The header normalised, an alias replaced by the registry's spelling. */
  readonly meaning: string
}

export interface CostColumn {
  /** The header as stored. */
  readonly header: string
  /** Meanings of the value columns it is the cost of. */
  readonly owners: ReadonlySet<string>
}

/** The columns of an upgrade table by the part they play, in document order. */
export interface UpgradeTable {
  readonly values: readonly ValueColumn[]
  readonly costs: readonly CostColumn[]
}

/** From every alias of a parameter's header to the registry's spelling, both normalised. */
function preferredSpellings(parameters: readonly ParameterColumn[]): ReadonlyMap<string, string> {
  return new Map(
    parameters.flatMap(({ header, aliases = [] }) =>
      aliases.map((alias) => [normaliseHeader(alias), normaliseHeader(header)] as const),
    ),
  )
}

/**
 * Reads the stored header list of an upgrade table. A cost column belongs to the value it names
 * (`Stones (Damage)`); one that names none belongs to the value column before it, or to every
 * value column where the kind has one cost for the whole row.
 */
export function readUpgradeTable(
  { rules, parameters }: LevelledEntity,
  headers: readonly string[],
): UpgradeTable {
  const preferred = preferredSpellings(parameters)
  const prefer = (normalised: string) => preferred.get(normalised) ?? normalised

  const columns = headers
    .filter(isUpgradeColumn)
    .map((header) => ({ header, meaning: prefer(normaliseHeader(header)) }))
    .map((column) => ({ ...column, cost: readCostHeader(column.meaning, rules.costNames) }))
  const everyValue = new Set(
    columns.filter(({ cost }) => cost === null).map(({ meaning }) => meaning),
  )

  const values: ValueColumn[] = []
  const costs: CostColumn[] = []
  for (const { header, meaning, cost } of columns) {
    if (cost === null) values.push({ header, meaning })
    else if (cost.of !== null) costs.push({ header, owners: new Set([prefer(cost.of)]) })
    else if (rules.costs === "shared") costs.push({ header, owners: everyValue })
    else costs.push({ header, owners: new Set(values.slice(-1).map((value) => value.meaning)) })
  }
  return { values, costs }
}
