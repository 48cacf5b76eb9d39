import { type Target, targetRules } from "../catalogue.ts"
import type { SelectedTable } from "../tables/select-tables.ts"
import { contentHash } from "./content-hash.ts"
import { levelledRows } from "./levelled-rows.ts"
import { namedRows } from "./named-rows.ts"
import type { IdentifiedRow } from "./raw-row.ts"
import { tableLabel } from "./source-section.ts"

/** One row of a table as it is stored. */
export interface ScrapedRow extends IdentifiedRow {
  /** The hash of `rawRow`: equal content, equal hash. */
  readonly contentHash: string
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
