import * as Plot from "@observablehq/plot"
import type { StoredDefinition, StoredParameter } from "../definitions/definition.ts"
import { costIn, numberIn } from "../wiki/tables/cells.ts"
import { count, type Html, written } from "./html.ts"
import { legend, smallPicture } from "./picture.ts"

/** A level with its numbers, and what it costs to get there from the first. */
export interface Level {
  readonly level: number
  readonly valueRaw: string
  readonly costRaw: string
  /** Null where the value has no number. */
  readonly value: number | null
  readonly soFar: number
}

/** The levels of an upgrade, with what it costs to get to each. */
export const levelsOf = ({ levels }: StoredParameter): readonly Level[] => {
  let soFar = 0
  return levels.map(({ level, valueRaw, costRaw }) => {
    soFar += costIn(costRaw) ?? 0
    return { level, valueRaw, costRaw, value: numberIn(valueRaw), soFar }
  })
}

/** The colour of an upgrade: the n-th of its definition. */
export const colour = (at: number): string => `var(--hue-${(at % 5) + 1})`

/** The highest of some numbers, and 1 at least. */
export const highest = (numbers: readonly number[]): number =>
  numbers.reduce((most, number) => Math.max(most, number), 1)

/** Writes large numbers beside axes: `20K`. */
export const shortCount = new Intl.NumberFormat("en-US", { notation: "compact" })

/** Upgrades that cost the same level by level, as far as each of them goes; the longest comes first. */
type SamePrice = readonly [StoredParameter, ...StoredParameter[]]

const costsOf = ({ levels }: StoredParameter) => levels.map(({ costRaw }) => costRaw)

const groupByPrice = (parameters: readonly StoredParameter[]): readonly SamePrice[] => {
  const groups: [StoredParameter, ...StoredParameter[]][] = []
  for (const parameter of parameters.toSorted((a, b) => b.levels.length - a.levels.length)) {
    const costs = costsOf(parameter)
    const same = groups.find(([longest]) => {
      const others = costsOf(longest)
      return costs.every((cost, at) => cost === others[at])
    })
    if (same === undefined) groups.push([parameter])
    else same.push(parameter)
  }
  return groups
}

/** What an upgrade is called beside a line: with the level it ends at, where the line goes on. */
const nameIn = ([longest]: SamePrice, { displayName, levels }: StoredParameter): string => {
  const last = levels.at(-1)?.level
  return last === undefined || last === longest.levels.at(-1)?.level
    ? displayName
    : `${displayName} (to ${last})`
}

const costOptions = (
  groups: readonly SamePrice[],
  most: { readonly level: number; readonly cost: number },
): Plot.PlotOptions => ({
  ...{ height: 196, marginLeft: 42, marginBottom: 40 },
  x: { domain: [0, most.level], label: "level", ticks: 5 },
  y: {
    ...{ domain: [0, most.cost], nice: 4, label: null, grid: true, ticks: 4, tickSize: 0 },
    tickFormat: (cost: number) => shortCount.format(cost),
  },
  marks: [
    Plot.ruleY([0]),
    ...groups.flatMap((group, at) => [
      Plot.line(levelsOf(group[0]), {
        ...{ x: "level", y: "soFar", stroke: colour(at), strokeWidth: 2 },
      }),
      Plot.dot(
        group.flatMap((parameter) => levelsOf(parameter).slice(-1)),
        { x: "level", y: "soFar", fill: colour(at), r: 3.5 },
      ),
    ]),
  ],
})

/** What the upgrades of a definition are paid in. */
export const currencyOf = ({ parameters }: StoredDefinition): string =>
  parameters[0]?.levels[0]?.currency ?? ""

const totalCost = ({ parameters }: StoredDefinition): number =>
  parameters.reduce((sum, parameter) => sum + (levelsOf(parameter).at(-1)?.soFar ?? 0), 0)

/** What the upgrades of a definition cost, on the axes of all pictures of its kind. */
export const costPicture = (
  definition: StoredDefinition,
  most: { readonly level: number; readonly cost: number },
): Html => {
  const { name, parameters } = definition
  const currency = currencyOf(definition)
  const groups = groupByPrice(parameters)
  return smallPicture(
    {
      title: written(name),
      label: `Lines: the ${currency} that each upgrade of ${name} costs up to a level; ${count(totalCost(definition))} for all of them.`,
      text: `${count(totalCost(definition))} ${currency} for everything`,
      legend: legend(
        groups.map((group, at) => ({
          name: written(group.map((parameter) => nameIn(group, parameter)).join(", ")),
          ...{ colour: colour(at), shape: "line" as const },
        })),
      ),
    },
    costOptions(groups, most),
  )
}
