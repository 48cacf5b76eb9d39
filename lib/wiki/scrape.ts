import * as Result from "effect/Result"
import { type Target, targetRules, type WikiPage } from "./catalogue.ts"
import { type NotAWikiPage, readDocument, type WikiDocument } from "./page/document.ts"
import { readRows, type ScrapedRow } from "./rows/rows.ts"
import { saysNothing } from "./rows/skipped-rows.ts"
import { type OtherPageServed, otherPage, UnreadableRows, unreadableRows } from "./scrape-errors.ts"
import { type SelectedTable, selectTables } from "./tables/select-tables.ts"
import { type TableIndexNotFound, TableNotFound, tableListing } from "./tables/table-errors.ts"

/** Why a page, or what it has for one target, cannot be read. */
export type ScrapeError =
  | NotAWikiPage
  | OtherPageServed
  | TableNotFound
  | TableIndexNotFound
  | UnreadableRows

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
  /** Whether these are only some of the tables, named by a maintainer: the others are not gone. */
  readonly isPartial: boolean
  readonly tables: readonly ScrapedTable[]
}

export interface ScrapeOptions {
  /** Tables to take instead of those the rules choose. */
  readonly tableIndexes?: readonly number[]
}

interface Scraped {
  readonly selected: SelectedTable
  readonly table: ScrapedTable
}

const hasNoRows = ({ table }: Scraped) => table.rows.length === 0

/** Whether a table with something in it yields nothing, as where pictures have replaced the names. */
const isUnreadable = (scraped: Scraped) =>
  hasNoRows(scraped) &&
  !scraped.selected.table.rows.flatMap(({ cells }) => cells).every(saysNothing)

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
  const lookedFor = "rows with a name or level, and a value"
  const problem = `nothing to store for ${name} in table ${indexes}: no row has a name or level, and a value`
  const { revision } = document
  const tables = document.tables.map(tableListing)
  return Result.fail(
    new TableNotFound({ page: page.url, revision, target, problem, lookedFor, tables }),
  )
}

function scrapeTarget(
  page: WikiPage,
  target: Target,
  document: WikiDocument,
  tableIndexes: readonly number[],
): Result.Result<readonly ScrapedTable[], ScrapeError> {
  return Result.gen(function* () {
    const scraped: Scraped[] = []
    const refused: UnreadableRows["problems"][number][] = []
    for (const selected of yield* selectTables(page, target, document, tableIndexes)) {
      const { table, sourceSection } = selected
      const rows = readRows(target, selected)
      if (Result.isFailure(rows)) {
        refused.push(...unreadableRows(page, document, table, rows.failure))
        continue
      }
      const { parseVersion } = targetRules[target]
      const { index: tableIndex, headers } = table
      scraped.push({
        selected,
        table: { target, tableIndex, sourceSection, parseVersion, headers, rows: rows.success },
      })
    }
    if (refused.length > 0)
      return yield* Result.fail(new UnreadableRows({ page: page.url, problems: refused }))
    return yield* requireRows(page, target, document, scraped)
  })
}

/**
 * Everything a page's HTML says about the page's targets: their tables, and the rows to store of
 * each. Every target and every entity of the page has rows, or the page is refused, with what is
 * wrong for each target.
 */
export function scrapePage(
  page: WikiPage,
  html: string,
  { tableIndexes = [] }: ScrapeOptions = {},
): Result.Result<ScrapedPage, readonly [ScrapeError, ...ScrapeError[]]> {
  const read = readDocument(page.url, html)
  if (Result.isFailure(read)) return Result.fail([read.failure])
  const document = read.success
  const served = otherPage(page, document)
  if (served !== null) return Result.fail([served])
  const targets = page.targets.map((target) => scrapeTarget(page, target, document, tableIndexes))
  const [first, ...others] = targets.filter(Result.isFailure).map(({ failure }) => failure)
  if (first !== undefined) return Result.fail([first, ...others])
  return Result.succeed({
    pageUrl: page.url,
    pageRevision: document.revision,
    isPartial: tableIndexes.length > 0,
    tables: targets.filter(Result.isSuccess).flatMap(({ success }) => success),
  })
}
