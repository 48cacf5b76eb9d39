import { type Target, targetRules } from "../catalogue.ts"
import type { WikiTable } from "../page/document.ts"
import { nameHeader } from "../tables/columns.ts"
import { slug } from "../tables/entity.ts"
import type { SelectedTable } from "../tables/select-tables.ts"
import { contentHash } from "./content-hash.ts"
import { levelledRows } from "./levelled-rows.ts"
import { cellsByHeader, type IdentifiedRow, type RawRow } from "./raw-row.ts"
import { hasNoValues, saysNothing } from "./skipped-rows.ts"

/** What a table of the card list is called: its heading, else its caption, else its anchor. */
const tableLabel = ({ heading, caption }: WikiTable): string =>
  heading?.text || caption || heading?.anchor || ""

function stem(target: Target, { table, entity }: SelectedTable): string {
  if (entity !== null) return `${target}_${entity.slug}_table`
  return target === "cards_list" ? `cards_list_${slug(tableLabel(table))}` : "cards_table"
}

/**
 * The name of a table within its page. It is numbered among the tables selected beside it, not
 * among all of the page, so that a table that merely moves keeps its name and its rows' history.
 */
export const sourceSection = (target: Target, selected: SelectedTable): string =>
  `${stem(target, selected)}_${selected.position}`

/** One row of a table as it is stored. */
export interface ScrapedRow extends IdentifiedRow {
  /** The hash of `rawRow`: equal content, equal hash. */
  readonly contentHash: string
}

/**
 * Rows of a table in which each row is about an entity of its own, the one it names.
 *
 * @param added columns every row gains
 */
function namedRows(table: WikiTable, added: RawRow = {}): readonly IdentifiedRow[] {
  const named = nameHeader(table.headers)
  if (named === undefined) return []
  const isEmpty = hasNoValues(table.headers, named)
  return cellsByHeader(table).flatMap((cells) => {
    const name = cells[named] ?? ""
    if (saysNothing(name) || isEmpty(cells)) return []
    return { canonicalName: name, entityId: slug(name), rawRow: { ...cells, ...added } }
  })
}

function identifiedRows(
  target: Target,
  { table, entity }: SelectedTable,
): readonly IdentifiedRow[] {
  const { levelled } = targetRules[target]
  if (levelled !== null && entity !== null) return levelledRows(levelled, entity, table)
  return namedRows(table, target === "cards_list" ? { _wiki_table_label: tableLabel(table) } : {})
}

/**
 * The rows of a table that say something, hashed. Rows of one id: a row repeated word for word is
 * one row; rows that differ are kept, the later ones numbered (`…__2`), so that the history has both
 * and what is made of them can name the contradiction.
 */
export function readRows(target: Target, selected: SelectedTable): readonly ScrapedRow[] {
  const hashesById = new Map<string, Set<string>>()
  return identifiedRows(target, selected).flatMap((row) => {
    const hash = contentHash(row.rawRow)
    const hashes = hashesById.get(row.entityId) ?? new Set()
    if (hashes.has(hash)) return []
    hashesById.set(row.entityId, hashes.add(hash))
    const entityId = hashes.size === 1 ? row.entityId : `${row.entityId}__${hashes.size}`
    return { ...row, entityId, contentHash: hash }
  })
}
