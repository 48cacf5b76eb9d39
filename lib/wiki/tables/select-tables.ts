import * as Result from "effect/Result"
import { chipAnchors, type Target, type WikiPage } from "../catalogue.ts"
import type { WikiDocument, WikiTable } from "../page/document.ts"
import { isNameless } from "../page/table-headers.ts"
import { isQuantity } from "./cells.ts"
import { chipHeading, type Entity, entityOf, headingOfAnother, slug } from "./entity.ts"
import { botLikeTables, costAnchors, tableChoices } from "./table-choice.ts"
import { TableIndexNotFound, TableNotFound, tableListing } from "./table-errors.ts"

/** A table to read rows from. */
export interface SelectedTable {
  readonly table: WikiTable
  /** Whose levels its rows are; null for a target whose rows are entities themselves. */
  readonly entity: Entity | null
  /** The name of the table within its page. */
  readonly sourceSection: string
  /** Whether a maintainer named it though no rule would choose it: its cells may be anything. */
  readonly isByHand: boolean
}

/** What a table of the card list is called: its heading, else its caption, else its anchor. */
export const tableLabel = ({ heading, caption }: WikiTable): string =>
  heading?.text || caption || heading?.anchor || ""

function sectionName(target: Target, page: WikiPage, table: WikiTable): string {
  const entity = entityOf(target, page, table)
  if (entity !== null) return `${target}_${entity.slug}_table`
  return target === "cards_list" ? `cards_list_${slug(tableLabel(table))}` : "cards_table"
}

/** Whether a table goes on with the one before it: it is under the same heading and begins with figures. */
const goesOn = (before: WikiTable, { headers, heading }: WikiTable): boolean =>
  heading?.anchor === before.heading?.anchor &&
  isQuantity(headers.find((header) => !isNameless(header)) ?? "") &&
  !before.rows.some(({ flaws }) => flaws.some(({ flaw }) => flaw === "a table"))

/** What is wrong with the tables a rule has chosen, though it has chosen some. */
function contradiction(
  page: WikiPage,
  target: Target,
  tables: readonly WikiTable[],
  chosen: readonly WikiTable[],
): string | null {
  if (target === "guardian_chips") {
    const found = new Set(chosen.map((table) => chipHeading(table)?.anchor))
    const missing = chipAnchors.filter((anchor) => !found.has(anchor))
    if (missing.length > 0) return `nothing under the headings ${missing.join(", ")}`
  }
  if (target === "bots" || target === "ultimate_weapons") {
    const anchors = costAnchors(target === "bots" ? botLikeTables(tables) : chosen)
    if (anchors.size > 1)
      return `tables under several headings, ${[...anchors].join(" and ")}: the page has more than ${page.title}`
  }
  const tableAt = new Map(tables.map((table) => [table.index, table]))
  for (const table of chosen) {
    const rest = tableAt.get(table.index + 1)
    if (rest !== undefined && goesOn(table, rest))
      return `table ${rest.index} below table ${table.index} has figures for headers, ${rest.headers.join(", ")}: the table above was closed too early`
    const entity = entityOf(target, page, table)
    const other = entity === null ? null : headingOfAnother(table, entity)
    if (other !== null)
      return `table ${table.index} is under the heading "${other.text}", which names something else than ${entity?.name}`
  }
  return null
}

/** The tables of these indexes, whatever they look like. */
function byIndex(
  page: WikiPage,
  { tables, revision }: WikiDocument,
  indexes: readonly number[],
): Result.Result<readonly WikiTable[], TableIndexNotFound> {
  const missing = indexes.filter((index) => tables[index] === undefined)
  return missing.length === 0
    ? Result.succeed(tables.filter(({ index }) => indexes.includes(index)))
    : Result.fail(
        new TableIndexNotFound({
          ...{ page: page.url, revision },
          indexes: missing,
          tables: tables.map(tableListing),
        }),
      )
}

/** The tables the target's rule chooses among those that have rows, in the section redirected to. */
function byRule(
  page: WikiPage,
  target: Target,
  { tables, served, revision }: WikiDocument,
): Result.Result<readonly WikiTable[], TableNotFound> {
  const { choose, lookedFor } = tableChoices[target]
  const filled = tables.filter(({ headers }) => headers.length > 0)
  const { section } = served
  const own =
    section === null
      ? filled
      : filled.filter(({ path }) => path.some(({ anchor }) => anchor === section))
  const chosen = choose(own)
  const where = section === null ? "" : ` in the section ${section}, which it is redirected to`
  const problem =
    chosen.length > 0 ? contradiction(page, target, own, chosen) : `looked for ${lookedFor}${where}`
  return problem === null
    ? Result.succeed(chosen)
    : Result.fail(
        new TableNotFound({
          ...{ page: page.url, revision, target, problem, lookedFor },
          tables: tables.map(tableListing),
        }),
      )
}

/** The number of each table among those before it of the same name, from 0. */
function numbered(names: readonly string[]): readonly number[] {
  const counts = new Map<string, number>()
  return names.map((name) => {
    const count = counts.get(name) ?? 0
    counts.set(name, count + 1)
    return count
  })
}

/**
 * Names tables after what they are about, numbered within equal names: a table that moves, or a new
 * one of another name, renames nothing. One that a rule would choose has the number it has there.
 */
function named(
  page: WikiPage,
  target: Target,
  tables: readonly WikiTable[],
  chosenByRule: readonly WikiTable[],
): readonly SelectedTable[] {
  const nameOf = (table: WikiTable) => sectionName(target, page, table)
  const numbers = numbered(chosenByRule.map(nameOf))
  const sections = new Map(
    chosenByRule.map((table, at) => [table.index, `${nameOf(table)}_${numbers[at]}`]),
  )
  const taken = new Set(tables.flatMap(({ index }) => sections.get(index) ?? []))
  const firstFree = (name: string) => {
    let number = 0
    while (taken.has(`${name}_${number}`)) number++
    taken.add(`${name}_${number}`)
    return `${name}_${number}`
  }
  return tables.map((table) => ({
    table,
    entity: entityOf(target, page, table),
    sourceSection: sections.get(table.index) ?? firstFree(nameOf(table)),
    isByHand: !sections.has(table.index),
  }))
}

/**
 * The tables of a page that hold a target's rows, in document order.
 *
 * @param tableIndexes tables to take instead of those the target's rule chooses
 */
export function selectTables(
  page: WikiPage,
  target: Target,
  document: WikiDocument,
  tableIndexes: readonly number[],
): Result.Result<readonly SelectedTable[], TableNotFound | TableIndexNotFound> {
  const ruled = byRule(page, target, document)
  const chosen: Result.Result<readonly WikiTable[], TableNotFound | TableIndexNotFound> =
    tableIndexes.length > 0 ? byIndex(page, document, tableIndexes) : ruled
  const automatic = Result.getOrElse(ruled, () => [])
  return Result.map(chosen, (tables) => named(page, target, tables, automatic))
}
