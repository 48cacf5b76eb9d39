import { costIn, isEndMark, numberIn } from "../../wiki/tables/cells.ts"
import { type DriftProblem, type DriftSubject, driftOf } from "../drift.ts"
import { placeIn, type ReadLevel } from "./levels.ts"

/** A level that does not fit its column, which cell of it, and what the column has instead. */
interface Misfit {
  readonly at: ReadLevel
  readonly reason: "not-a-value" | "not-a-cost"
  readonly expected: string
}

/** A cost that belongs elsewhere: only the first level may be unlocked, only the last cannot be bought. */
function misplacedCost(read: readonly ReadLevel[]): Misfit | undefined {
  const at =
    read.slice(1).find(({ level }) => /^unlock$/i.test(level.costRaw)) ??
    read.slice(0, -1).find(({ level }) => isEndMark(level.costRaw))
  const expected = "a number here, Unlock at the first level alone, MAX at the last"
  return at && { at, reason: "not-a-cost", expected }
}

const unitNames = new Map([
  ["", "no unit"],
  ["%", "percent"],
  ["s", "seconds"],
  ["x", "multiplier"],
  ["#", "count"],
])

/**
 * What is written around the number of a value: `%`, `x`, `s`; empty where it is bare. A minus is part of
 * it: a dash that slipped in before one value of a column must not make it a negative one.
 */
const unitIn = ({ level }: ReadLevel) =>
  level.valueRaw
    .toLowerCase()
    .replace(/[\d,.+\s]/g, "")
    .replaceAll("×", "x")
    .replace("sec", "s")

/**
 * A value in another unit than most of its column, or in none: the cell belongs to another column, or its
 * unit was lost, and the column's would no longer be known.
 */
function strayUnit(read: readonly ReadLevel[]): Misfit | undefined {
  const [most, ...others] = [...Map.groupBy(read, unitIn)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  )
  const at = others[0]?.[1][0]
  if (most === undefined || at === undefined) return undefined
  const expected = `a value in ${unitNames.get(most[0]) ?? most[0]}, as most of its column are`
  return { at, reason: "not-a-value", expected }
}

const pointBeforeThree = /^\D*[1-9]\d{0,2}\.\d{3}\D*$/

/** The only fraction of a column, of three digits: the point may separate thousands. */
function groupedByPoint(read: readonly ReadLevel[]): Misfit | undefined {
  const [at, ...others] = read.filter(({ level }) => level.valueRaw.includes("."))
  if (at === undefined || others.length > 0 || read.length < 2) return undefined
  if (!pointBeforeThree.test(at.level.valueRaw)) return undefined
  return { at, reason: "not-a-value", expected: "a whole number, as all others of its column are" }
}

/** What is wrong with a column of levels as a whole, though each of its cells may be right by itself. */
export function columnProblem(
  subject: DriftSubject,
  column: string,
  read: readonly ReadLevel[],
): DriftProblem | undefined {
  const misfit = misplacedCost(read) ?? strayUnit(read) ?? groupedByPoint(read)
  if (misfit === undefined) return undefined
  const { at, reason, expected } = misfit
  const found = reason === "not-a-cost" ? at.level.costRaw : at.level.valueRaw
  return driftOf(placeIn(subject, at.row), reason, {
    ...{ row: String(at.level.level), column },
    ...{ expected: [expected], found: [found] },
  })
}

/** 1 where numbers rise from the first to the last, -1 where they fall, else 0. */
const trend = (numbers: readonly (number | null)[]) => {
  const known = numbers.filter((number) => number !== null)
  return Math.sign((known.at(-1) ?? 0) - (known[0] ?? 0))
}

/** For each level after the first, whether a column goes on (1) or back (-1) there. */
const steps = (numbers: readonly (number | null)[], direction: number) =>
  numbers.map((number, at) => {
    const before = numbers[at - 1]
    return number === null || before === null || before === undefined
      ? 0
      : Math.sign(number - before) * direction
  })

/**
 * Levels that go back in every column, in values and in costs: their rows have changed places. Costs rise
 * from level to level; values rise or fall.
 */
export function disorder(
  subject: DriftSubject,
  columns: readonly (readonly ReadLevel[])[],
): readonly DriftProblem[] {
  const moves = columns.flatMap((read) => {
    const costs = read.map(({ level }) => costIn(level.costRaw))
    const values = read.map(({ level }) => numberIn(level.valueRaw))
    const direction = trend(values) * (trend(costs) || 1)
    const costSteps = steps(costs, 1)
    const valueSteps = steps(values, direction)
    return read.map((at, index) => ({
      at,
      cost: costSteps[index] ?? 0,
      value: valueSteps[index] ?? 0,
    }))
  })
  return [...Map.groupBy(moves, ({ at }) => at.level.level)].flatMap(([level, own]) => {
    const isBack =
      own.some(({ cost }) => cost < 0) &&
      own.some(({ value }) => value < 0) &&
      own.every(({ cost, value }) => cost <= 0 && value <= 0)
    const [first] = own
    if (!isBack || first === undefined) return []
    return driftOf(placeIn(subject, first.at.row), "disordered-levels", {
      ...{ row: String(level), column: "Level" },
      ...{ expected: [`figures after those of level ${level - 1}`] },
      found: [first.at.level.valueRaw],
    })
  })
}
