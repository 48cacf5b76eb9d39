import * as Result from "effect/Result"
import { type Target, targetRules, type WikiPage } from "./catalogue.ts"
import { type NotAWikiPage, readDocument, type WikiDocument } from "./page/document.ts"
import { readRows, type ScrapedRow, sourceSection } from "./rows/rows.ts"
import { saysNothing } from "./rows/skipped-rows.ts"
import {
  type SelectedTable,
  selectTables,
  type TableIndexNotFound,
  TableNotFound,
  tableListing,
} from "./tables/select-tables.ts"

/** Why a page cannot be read. */
export type ScrapeError = NotAWikiPage | TableNotFound | TableIndexNotFound

/** A table of a page with the rows it yields. */
export interface ScrapedTable {
  readonly target: Target
  /** Zero-based, document order: what `--table-index` takes. */
  readonly tableIndex: number
  /** Names the table within its page. It keeps its name when the table moves. */
  readonly sourceSection: string
  readonly parseVersion: string
  /** The table's own headers, in document order. */
  readonly headers: readonly string[]
  readonly rows: readonly ScrapedRow[]
}

/** What a page says about its targets. */
export interface ScrapedPage {
  readonly pageUrl: string
  /** The wiki's number of this version of the page, where it is known. */
  readonly pageRevision: number | null
  readonly tables: readonly ScrapedTable[]
}

export interface ScrapeOptions {
  /** Tables to take instead of those the rules choose. */
  readonly tableIndexes?: readonly number[]
  /** The page's revision where something other than its HTML tells it, as the wiki's API does. */
  readonly pageRevision?: number | null
}

function scrapeTable(target: Target, selected: SelectedTable): ScrapedTable {
  const { index, headers } = selected.table
  return {
    target,
    tableIndex: index,
    sourceSection: sourceSection(target, selected),
    parseVersion: targetRules[target].parseVersion,
    headers,
    rows: readRows(target, selected),
  }
}

interface Scraped {
  readonly selected: SelectedTable
  readonly table: ScrapedTable
}

const hasNoRows = ({ table }: Scraped) => table.rows.length === 0

/** Whether a table with something in it yields nothing, as where pictures have replaced the names. */
const isUnreadable = (scraped: Scraped) =>
  hasNoRows(scraped) && !scraped.selected.table.rows.flat().every(saysNothing)

/**
 * Fails where the tables selected for an entity, or for a target without, yield no row at all, and
 * where one of those that hold entities of their own does although it says something.
 */
function requireRows(
  page: WikiPage,
  target: Target,
  document: WikiDocument,
  scraped: readonly Scraped[],
): Result.Result<readonly ScrapedTable[], TableNotFound> {
  const byEntity = Map.groupBy(scraped, ({ selected }) => selected.entity?.name ?? target)
  const unreadable = scraped.filter((own) => own.selected.entity === null && isUnreadable(own))
  const empty =
    [...byEntity].find(([, own]) => own.every(hasNoRows)) ??
    (unreadable.length > 0 ? ([target, unreadable] as const) : undefined)
  if (empty === undefined) return Result.succeed(scraped.map(({ table }) => table))
  const [name, own] = empty
  const indexes = own.map(({ table }) => table.tableIndex).join(", ")
  const problem = `nothing to store for ${name} in table ${indexes}: no row has a name or level, and a value`
  const tables = document.tables.map(tableListing)
  return Result.fail(new TableNotFound({ page: page.url, target, problem, tables }))
}

function scrapeTarget(
  page: WikiPage,
  target: Target,
  document: WikiDocument,
  tableIndexes: readonly number[],
): Result.Result<readonly ScrapedTable[], ScrapeError> {
  return Result.flatMap(selectTables(page, target, document, tableIndexes), (tables) =>
    requireRows(
      page,
      target,
      document,
      tables.map((selected) => ({ selected, table: scrapeTable(target, selected) })),
    ),
  )
}

/**
 * Everything a page's HTML says about the page's targets: their tables, and the rows to store of
 * each. Every target and every entity of the page has rows, or the page is refused.
 */
export function scrapePage(
  page: WikiPage,
  html: string,
  { tableIndexes = [], pageRevision = null }: ScrapeOptions = {},
): Result.Result<ScrapedPage, ScrapeError> {
  return Result.gen(function* () {
    const document = yield* readDocument(page.url, html)
    const tables: ScrapedTable[] = []
    for (const target of page.targets) {
      tables.push(...(yield* scrapeTarget(page, target, document, tableIndexes)))
    }
    return { pageUrl: page.url, pageRevision: pageRevision ?? document.revision, tables }
  })
}
