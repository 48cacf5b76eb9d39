import type { WikiTable } from "../page/document.ts"
import { nameHeader } from "../tables/columns.ts"
import { slug } from "../tables/slug.ts"
import { cellsByHeader, type IdentifiedRow, type RawRow } from "./raw-row.ts"
import { hasNoValues, saysNothing } from "./skipped-rows.ts"

/**
 * Rows of a table in which each row is about an entity of its own, the one it names.
 *
 * @param added columns every row gains
 */
export function namedRows(table: WikiTable, added: RawRow = {}): readonly IdentifiedRow[] {
  const named = nameHeader(table.headers)
  if (named === undefined) return []
  const isEmpty = hasNoValues(table.headers, named)
  return cellsByHeader(table).flatMap((cells) => {
    const name = cells[named] ?? ""
    if (saysNothing(name) || isEmpty(cells)) return []
    return { canonicalName: name, entityId: slug(name), rawRow: { ...cells, ...added } }
  })
}
