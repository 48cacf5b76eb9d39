import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { catalogue, type Target, targetRules } from "../../lib/wiki/catalogue.ts"
import { contentHash } from "../../lib/wiki/rows/content-hash.ts"
import type { ScrapedRow } from "../../lib/wiki/rows/rows.ts"
import { type ScrapedPage, type ScrapedTable, scrapePage } from "../../lib/wiki/scrape.ts"
import type { PageReadings } from "../../lib/wiki/source/read-pages.ts"
import { demoPages } from "../support/demo-data.ts"

// Enough rows for levels to come and go, few enough for a run to take milliseconds.
const rowsPerTable = 3

const shorten = (table: ScrapedTable): ScrapedTable => ({
  ...table,
  rows: table.rows.slice(0, rowsPerTable),
})

const shownTables = [
  "cards_table_0",
  "cards_list_common_0",
  "cards_list_rare_1",
  "bots_golden_bot_table_0",
  "bots_flame_bot_table_0",
  "guardian_chips_ally_table_0",
  "guardian_chips_attack_table_0",
  "ultimate_weapons_spotlight_table_0",
  "ultimate_weapons_black_hole_table_0",
]

const bundledPages: readonly ScrapedPage[] = catalogue.map((page) => {
  const html = readFileSync(join(demoPages, page.fileName), "utf8")
  const scraped = Result.getOrThrow(scrapePage(page, html))
  const shown = scraped.tables.filter((table) => shownTables.includes(table.sourceSection))
  return { ...scraped, tables: shown.map(shorten) }
})

/**
 * Where the wiki differs from the bundled pages: a row's last cell says something else or nothing,
 * or the row is gone; a table's last column has another header, the table has another place on its
 * page, or none.
 */
interface RowEdit {
  readonly section: string
  readonly row: number
  readonly now: "first edit" | "second edit" | "empty" | "gone"
}
interface TableEdit {
  readonly section: string
  readonly now: "renamed column" | "moved" | "gone"
}

/** What the wiki says at a time: the first rows of every bundled table, but for some edits. */
export interface WikiState {
  readonly rows: readonly RowEdit[]
  readonly tables: readonly TableEdit[]
}

/** The wiki as it is bundled. */
export const bundledWiki: WikiState = { rows: [], tables: [] }

// Few places, so that later edits often meet earlier ones and a page returns to what it said.
const sections = [
  "cards_table_0",
  "cards_list_common_0",
  "bots_golden_bot_table_0",
  "guardian_chips_ally_table_0",
  "ultimate_weapons_spotlight_table_0",
]

const section = fc.constantFrom(...sections)
const rowEdit: fc.Arbitrary<RowEdit> = fc.record({
  section,
  row: fc.nat(rowsPerTable - 1),
  now: fc.constantFrom("first edit", "second edit", "empty", "gone"),
})
const tableEdit: fc.Arbitrary<TableEdit> = fc.record({
  section,
  now: fc.constantFrom("moved", "gone", "renamed column"),
})

/** Any state of the wiki, more often than not one near the bundled pages. */
export const wikiState: fc.Arbitrary<WikiState> = fc.record({
  rows: fc.uniqueArray(rowEdit, {
    maxLength: 5,
    selector: (edit) => `${edit.section} ${edit.row}`,
  }),
  tables: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.uniqueArray(tableEdit, { maxLength: 2, selector: (edit) => edit.section }),
    },
  ),
})

const rehash = (row: ScrapedRow, rawRow: ScrapedRow["rawRow"]): ScrapedRow => ({
  ...row,
  rawRow,
  contentHash: contentHash(rawRow),
})

const aliasOf = (target: Target, header: string): string =>
  targetRules[target].levelled?.aliases[header] ?? header

const editedCell = (now: RowEdit["now"], cell: string): string =>
  now === "empty" ? "" : `${now === "first edit" ? 1 : 2}${cell}`

const editRow = ({ target, headers }: ScrapedTable, row: ScrapedRow, now: RowEdit["now"]) => {
  const header = headers.at(-1) ?? ""
  const cell = editedCell(now, row.rawRow[header] ?? "")
  return rehash(row, { ...row.rawRow, [header]: cell, [aliasOf(target, header)]: cell })
}

const editRows = (table: ScrapedTable, edits: readonly RowEdit[]): ScrapedTable => ({
  ...table,
  rows: table.rows.flatMap((row, at) => {
    const edit = edits.find(
      (candidate) => candidate.section === table.sourceSection && candidate.row === at,
    )
    if (edit === undefined) return [row]
    return edit.now === "gone" ? [] : [editRow(table, row, edit.now)]
  }),
})

const renameColumn = (table: ScrapedTable): ScrapedTable => {
  const header = table.headers.at(-1) ?? ""
  const renamed = `${header} Renamed`
  return {
    ...table,
    headers: [...table.headers.slice(0, -1), renamed],
    rows: table.rows.map((row) => {
      const { [header]: cell = "", [aliasOf(table.target, header)]: _, ...others } = row.rawRow
      return rehash(row, { ...others, [renamed]: cell })
    }),
  }
}

const editTable = (table: ScrapedTable, edits: readonly TableEdit[]): readonly ScrapedTable[] => {
  switch (edits.find((edit) => edit.section === table.sourceSection)?.now) {
    case "gone":
      return []
    case "moved":
      return [{ ...table, sourceSection: `${table.sourceSection}_moved` }]
    case "renamed column":
      return [renameColumn(table)]
    case undefined:
      return [table]
  }
}

/** What reading the pages of some targets gives while the wiki is in a state. */
export const readingsOf = (state: WikiState, targets: readonly Target[]): PageReadings => ({
  problems: [],
  pages: bundledPages
    .map((page) => ({
      ...page,
      tables: page.tables
        .filter(({ target }) => targets.includes(target))
        .map((table) => editRows(table, state.rows))
        .flatMap((table) => editTable(table, state.tables)),
    }))
    .filter(({ tables }) => tables.length > 0),
})
