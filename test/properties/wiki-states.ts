import * as fc from "fast-check"
import type { Target } from "../../lib/wiki/catalogue.ts"
import type { PageReadings } from "../../lib/wiki/read-pages.ts"
import { bundledPages, longTable, rowsPerTable } from "./bundled-tables.ts"
import { editRows, editTable, movePages, type RowEdit, type TableEdit } from "./wiki-edits.ts"

/** What the wiki says at some time: the bundled pages with some edits. */
export interface WikiState {
  readonly rows: readonly RowEdit[]
  readonly tables: readonly TableEdit[]
}

/** The wiki as it is bundled. */
export const bundledWiki: WikiState = { rows: [], tables: [] }

// Few places, so that later edits often meet earlier ones and a page returns to what it said.
const sections = [
  longTable,
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
  now: fc.constantFrom("one row", "moved", "on another page", "gone", "renamed column"),
})

const editedWiki: fc.Arbitrary<WikiState> = fc.record({
  rows: fc.uniqueArray(rowEdit, {
    maxLength: 6,
    size: "max",
    selector: (edit) => `${edit.section} ${edit.row}`,
  }),
  tables: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: fc.uniqueArray(tableEdit, { maxLength: 2, selector: (edit) => edit.section }),
    },
  ),
})

/** Any state of the wiki; now and then all edits are taken back. */
export const wikiState: fc.Arbitrary<WikiState> = fc.oneof(
  { weight: 3, arbitrary: editedWiki },
  { weight: 1, arbitrary: fc.constant(bundledWiki) },
)

/** What reading the pages of some targets returns while the wiki is in a state. */
export const readingsOf = (state: WikiState, targets: readonly Target[]): PageReadings => ({
  problems: [],
  absent: [],
  pages: movePages(bundledPages, state.tables)
    .map((page) => ({
      ...page,
      tables: page.tables
        .filter(({ target }) => targets.includes(target))
        .map((table) => editRows(table, state.rows))
        .flatMap((table) => editTable(table, state.tables)),
    }))
    .filter(({ tables }) => tables.length > 0),
})
