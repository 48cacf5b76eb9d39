import { type Target, targetRules } from "../../lib/wiki/catalogue.ts"
import { contentHash } from "../../lib/wiki/rows/content-hash.ts"
import type { ScrapedRow } from "../../lib/wiki/rows/rows.ts"
import type { ScrapedPage, ScrapedTable } from "../../lib/wiki/scrape.ts"

/** What happened to a row: its last cell says something else or nothing, or the row is gone. */
export interface RowEdit {
  readonly section: string
  readonly row: number
  readonly now: "first edit" | "second edit" | "empty" | "gone"
}

/** What happened to a table: a renamed column, a single row left, another place or page, or it is gone. */
export interface TableEdit {
  readonly section: string
  readonly now: "renamed column" | "one row" | "moved" | "on another page" | "gone"
}

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

/** The table after the edits of its rows. */
export const editRows = (table: ScrapedTable, edits: readonly RowEdit[]): ScrapedTable => ({
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

/** The table after the edits of tables, if it is still there. */
export const editTable = (
  table: ScrapedTable,
  edits: readonly TableEdit[],
): readonly ScrapedTable[] => {
  switch (edits.find((edit) => edit.section === table.sourceSection)?.now) {
    case "gone":
      return []
    case "one row":
      return [{ ...table, rows: table.rows.slice(0, 1) }]
    case "moved":
      return [{ ...table, sourceSection: `${table.sourceSection}_moved` }]
    case "renamed column":
      return [renameColumn(table)]
    case "on another page":
    case undefined:
      return [table]
  }
}

/** The pages after the edits that move tables, each to the first page about its target. */
export const movePages = (
  pages: readonly ScrapedPage[],
  edits: readonly TableEdit[],
): readonly ScrapedPage[] => {
  const isMoved = ({ sourceSection }: ScrapedTable) =>
    edits.some((edit) => edit.section === sourceSection && edit.now === "on another page")
  const firstPageOf = (target: Target) =>
    pages.find(({ tables }) => tables.some((table) => table.target === target))
  const moved = pages.flatMap(({ tables }) => tables.filter(isMoved))
  return pages.map((page) => ({
    ...page,
    tables: [
      ...page.tables.filter((table) => !isMoved(table)),
      ...moved.filter(({ target }) => firstPageOf(target) === page),
    ],
  }))
}
