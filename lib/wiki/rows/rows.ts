import * as Result from "effect/Result"
import { type Target, targetRules } from "../catalogue.ts"
import type { WikiTable } from "../page/document.ts"
import { isPlaceholder } from "../tables/cells.ts"
import { nameHeader } from "../tables/columns.ts"
import { slug } from "../tables/entity.ts"
import { type SelectedTable, tableLabel } from "../tables/select-tables.ts"
import { contentHash } from "./content-hash.ts"
import { levelledRows } from "./levelled-rows.ts"
import { type IdentifiedRow, type RawRow, tableRows } from "./raw-row.ts"
import {
  namedWidth,
  type Reading,
  readingOf,
  structureProblems,
  widthProblem,
} from "./row-problems.ts"
import { makeIsBlankRow, saysNothing } from "./skipped-rows.ts"

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
function namedRows(table: WikiTable, added: RawRow): Reading<IdentifiedRow> {
  const { headers } = table
  const named = nameHeader(headers)
  if (named === undefined) return readingOf([], [])
  const isBlankRow = makeIsBlankRow(headers, named)
  const rows = tableRows(table).filter(
    ({ byHeader }) => !saysNothing(byHeader[named] ?? "") && !isBlankRow(byHeader),
  )
  const width = namedWidth(headers)
  // A row may leave out trailing cells that another row leaves empty.
  const mayEndAt = (covered: number) =>
    rows.some((row) => row.covered >= width && row.cells.slice(covered, width).every(isPlaceholder))
  return readingOf(
    rows.map(({ byHeader }) => {
      const name = byHeader[named] ?? ""
      return { canonicalName: name, entityId: slug(name), rawRow: { ...byHeader, ...added } }
    }),
    rows.flatMap((row) => [
      ...structureProblems(headers, row),
      ...(row.covered >= width || mayEndAt(row.covered) ? [] : [widthProblem(headers, row)]),
    ]),
  )
}

function identifiedRows(target: Target, selected: SelectedTable): Reading<IdentifiedRow> {
  const { table, entity, isByHand } = selected
  const { levelled } = targetRules[target]
  if (levelled !== null && entity !== null) return levelledRows(levelled, entity, table, !isByHand)
  return namedRows(table, target === "cards_list" ? { _wiki_table_label: tableLabel(table) } : {})
}

/**
 * Rows of one id: a row repeated word for word is one row; rows that differ are kept, the later ones
 * numbered (`…__2`), so that the history has both and what is made of them can name the contradiction.
 */
function hashed(rows: readonly IdentifiedRow[]): readonly ScrapedRow[] {
  const hashesById = new Map<string, Set<string>>()
  return rows.flatMap((row) => {
    const hash = contentHash(row.rawRow)
    const hashes = hashesById.get(row.entityId) ?? new Set()
    if (hashes.has(hash)) return []
    hashesById.set(row.entityId, hashes.add(hash))
    const entityId = hashes.size === 1 ? row.entityId : `${row.entityId}__${hashes.size}`
    return { ...row, entityId, contentHash: hash }
  })
}

/** The rows of a table that say something, hashed, or everything that is wrong with them. */
export const readRows = (target: Target, selected: SelectedTable): Reading<ScrapedRow> =>
  Result.map(identifiedRows(target, selected), hashed)
