import type { LevelledRules } from "../catalogue.ts"
import type { WikiTable } from "../page/document.ts"
import { isNameless } from "../page/table-headers.ts"
import {
  costIn,
  isCost,
  isEndMark,
  isPlaceholder,
  isQuantity,
  isTotalLabel,
  numberIn,
  readLevel,
} from "../tables/cells.ts"
import { headerNamed } from "../tables/columns.ts"
import type { Entity } from "../tables/entity.ts"
import { hasLevelPair, type LevelColumns, levelColumns, spansPair } from "./level-columns.ts"
import { levelProblems } from "./level-problems.ts"
import { type IdentifiedRow, type RawRow, type TableRow, tableRows, word } from "./raw-row.ts"
import { type Reading, type RowProblem, readingOf } from "./row-problems.ts"
import { makeIsBlankRow } from "./skipped-rows.ts"

/** The cells, and again those with an alias under it, unless the table has a column of that name. */
function aliased(cells: RawRow, aliases: LevelledRules["aliases"]): RawRow {
  const found = Object.entries(aliases).flatMap(([header, alias]) => {
    const cell = cells[header]
    return cell === undefined ? [] : [[alias, cell] as const]
  })
  return { ...Object.fromEntries(found), ...cells }
}

/** Whether a row has words and no number: a second row of headers, or a note. */
const isInWords = ({ cells, flaws }: TableRow) => {
  const text = cells.join(" ")
  return flaws.length === 0 && word.test(text) && !/\p{Nd}/u.test(text)
}

const label = ({ cells }: TableRow) => cells.find((cell) => cell !== "") ?? ""

/** What a row of a table of levels is. */
type RowKind = "level" | "total" | "unnumbered" | "unreadable"

/** Tells the kind of a row from its level, from the label of a sum, or from a cell across value and cost. */
function kindOf(columns: LevelColumns, row: TableRow): RowKind {
  const named = columns.level === undefined ? null : (row.byHeader[columns.level] ?? "")
  const isNumbered = named !== null && readLevel(named) !== null
  const sumsUp = isTotalLabel(label(row))
  const isSpanned = row.spans.some((span) => spansPair(columns, span))
  if ((sumsUp || isSpanned) && !isNumbered) {
    // A level next to a sum: whichever the row is read as, the other would be lost.
    return named === null && hasLevelPair(columns, row) ? "unreadable" : "total"
  }
  if (named === null || isNumbered) return "level"
  if (/\p{Nd}/u.test(named)) return "unreadable"
  return "unnumbered"
}

const levelProblem = (
  columns: LevelColumns,
  row: TableRow,
  text = columns.level === undefined ? label(row) : (row.byHeader[columns.level] ?? ""),
): RowProblem => ({
  row,
  column: columns.level ?? null,
  found: `"${text}"`,
  expected: columns.level === undefined ? "a level or a sum" : "a whole number",
})

/** Columns named like a cell: the mark between the headers and the first row is missing. */
const headerProblems = (headers: readonly string[]): readonly RowProblem[] =>
  headers
    .filter((header) => !isNameless(header) && isQuantity(header))
    .map((header) => ({
      ...{ row: null, column: header },
      ...{ found: `the header "${header}"`, expected: "the name of a column" },
    }))

/**
 * Rows without a number that are not sums: levels whose number was lost. Below the last level, a row with
 * a value and a cost is one of them unless a word other than `MAX` stands for its level, as in `Average`.
 */
function lostLevels(columns: LevelColumns, rows: readonly TableRow[]): readonly RowProblem[] {
  const last = rows.findLastIndex((row) => kindOf(columns, row) === "level")
  return rows
    .filter((row, at) => {
      if (kindOf(columns, row) !== "unnumbered" || !hasLevelPair(columns, row)) return false
      const named = row.byHeader[columns.level ?? ""] ?? ""
      return at < last || isPlaceholder(named) || isEndMark(named) || !word.test(named)
    })
    .map((row) => levelProblem(columns, row))
}

/**
 * Rows between counted levels that have words for a value and its cost: levels whose figures are not
 * known yet. Leaving them out would shift the levels below them.
 */
function levelsInWords(
  columns: LevelColumns,
  rows: readonly TableRow[],
  levels: readonly TableRow[],
): readonly RowProblem[] {
  const first = levels[0]?.number ?? 0
  const last = levels.at(-1)?.number ?? 0
  const hasText = ({ cells }: TableRow, at: number) => !isPlaceholder(cells[at] ?? "")
  return rows
    .filter(({ number }) => first < number && number < last)
    .filter((row) =>
      columns.pairs.some(({ value, cost }) => hasText(row, value) && hasText(row, cost)),
    )
    .map((row) => levelProblem(columns, row))
}

/** Rows that have the mark of the end for a cost and no value at all: a last level that lost its value. */
const endsWithoutValue = (
  columns: LevelColumns,
  inWords: readonly TableRow[],
): readonly RowProblem[] =>
  inWords
    .filter(
      ({ cells }) =>
        columns.values.every((at) => cells[at] === "") &&
        columns.costs.some((at) => isEndMark(cells[at] ?? "")),
    )
    .map((row) => levelProblem(columns, row))

/** Finds the text of a cell across a value and its cost that is less than such a cost: no sum of them is. */
function makeBelowCost(columns: LevelColumns, levels: readonly TableRow[]) {
  const largestIn = (at: number) =>
    levels.reduce((largest, { cells }) => Math.max(largest, costIn(cells[at] ?? "") ?? 0), 0)
  const costs = columns.costs.map((at) => ({ at, largest: largestIn(at) }))
  return ({ cells, spans }: TableRow): string | undefined =>
    spans
      .filter((span) => spansPair(columns, span))
      .flatMap(({ start, end }) => {
        const text = cells[start] ?? ""
        const number = numberIn(text)
        const isBelow = costs.some(
          ({ at, largest }) => start <= at && at < end && number !== null && number < largest,
        )
        return isBelow ? text : []
      })
      .at(0)
}

/**
 * Rows of numbers without a label. One with costs alone may be a sum, or a level that lost its value. One
 * with a cell across a value and its cost is a sum if it is below the last level; above it, with a unit
 * that no sum has, or with less than a cost it would include, it may be a damaged level, and leaving it out
 * would lose that level or shift those below it.
 */
function doubtfulSums(columns: LevelColumns, rows: readonly TableRow[]): readonly RowProblem[] {
  const isCostAlone = ({ cells }: TableRow) => columns.values.every((at) => cells[at] === "")
  const levels = rows.filter((row) => kindOf(columns, row) === "level")
  const last = rows.findLastIndex((row) => kindOf(columns, row) === "level" && !isCostAlone(row))
  const belowCost = makeBelowCost(columns, levels)
  const doubtful = (row: TableRow, at: number): string | undefined => {
    const text = label(row)
    if (!isQuantity(text)) return undefined
    if (kindOf(columns, row) !== "total") return isCostAlone(row) ? text : undefined
    return at < last || !isCost(text) ? text : belowCost(row)
  }
  return rows.flatMap((row, at) => {
    const text = doubtful(row, at)
    return text === undefined ? [] : levelProblem(columns, row, text)
  })
}

/**
 * Rows of a table that holds the levels of one entity, or everything that is wrong with them. A row's
 * level is its `Level` or, if the table has no such column and the rules count rows, its number among the
 * rows that are levels, from 1.
 *
 * @param checksCells whether to check values and costs; a table named with `--table-index` may hold others
 */
export function levelledRows(
  { entityColumn, countsRows, aliases }: LevelledRules,
  entity: Entity,
  table: WikiTable,
  checksCells: boolean,
): Reading<IdentifiedRow> {
  const { headers } = table
  const subject = headerNamed(headers, entityColumn)
  const columns = levelColumns(headers, subject)
  const isBlankRow = makeIsBlankRow(headers, subject)
  const isCounted = countsRows && columns.level === undefined

  const written = tableRows(table)
  const inWords = written.filter(isInWords)
  const rows = written.filter((row) => !isInWords(row))
  const levels = rows.filter((row) => kindOf(columns, row) === "level")
  const unreadable = rows.filter((row) => kindOf(columns, row) === "unreadable")
  const problems = [
    ...headerProblems(headers),
    ...unreadable.map((row) => levelProblem(columns, row)),
    ...lostLevels(columns, rows),
    ...(isCounted
      ? [
          ...doubtfulSums(columns, rows),
          ...levelsInWords(columns, inWords, levels),
          ...endsWithoutValue(columns, inWords),
        ]
      : []),
    ...levelProblems(columns, levels, checksCells),
  ]

  const identified = levels.flatMap((row, index) => {
    const { byHeader } = row
    if (isBlankRow(byHeader)) return []
    const named = columns.level === undefined ? undefined : byHeader[columns.level]
    const level = named ?? (countsRows ? String(index + 1) : undefined)
    const number = named === undefined || /^\d+$/.test(named) ? level : readLevel(named)
    const star = columns.star === undefined ? undefined : byHeader[columns.star]
    return {
      canonicalName: entity.name,
      entityId: `${entity.slug}__level_${number ?? "unknown"}__star_${star || "none"}`,
      rawRow: {
        ...aliased(byHeader, aliases),
        ...(level === undefined ? {} : { Level: level }),
        [entityColumn]: entity.name,
        _wiki_entity_id: entity.slug,
      },
    }
  })
  return readingOf(identified, problems)
}
