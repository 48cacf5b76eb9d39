import { readFileSync } from "node:fs"
import { join } from "node:path"
import * as Result from "effect/Result"
import { catalogue } from "../../lib/wiki/catalogue.ts"
import { type ScrapedPage, type ScrapedTable, scrapePage } from "../../lib/wiki/scrape.ts"
import { demoPages } from "../support/demo-files.ts"

/** Enough rows for levels to come and go, few enough for a run to take milliseconds. */
export const rowsPerTable = 3

/** The one table with so many rows that losing most of them is suspicious. */
export const longTable = "cards_table_0"
const rowsOfLongTable = 8

const shownTables = [
  longTable,
  "cards_list_common_0",
  "cards_list_rare_0",
  "bots_golden_bot_table_0",
  "bots_flame_bot_table_0",
  "guardian_chips_ally_table_0",
  "guardian_chips_attack_table_0",
  "ultimate_weapons_spotlight_table_0",
  "ultimate_weapons_black_hole_table_0",
]

const shorten = (table: ScrapedTable): ScrapedTable => ({
  ...table,
  rows: table.rows.slice(0, table.sourceSection === longTable ? rowsOfLongTable : rowsPerTable),
})

/** The first rows of some tables of the bundled pages, about two of each kind. */
export const bundledPages: readonly ScrapedPage[] = catalogue
  .filter(({ mayBeAbsent }) => !mayBeAbsent)
  .map((page) => {
    const html = readFileSync(join(demoPages, page.fileName), "utf8")
    const scraped = Result.getOrThrow(scrapePage(page, html))
    const shown = scraped.tables.filter((table) => shownTables.includes(table.sourceSection))
    return { ...scraped, tables: shown.map(shorten) }
  })
