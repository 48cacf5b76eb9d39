import type { LevelledRules } from "../catalogue.ts"
import type { WikiTable } from "../page/document.ts"
import { headerNamed } from "../tables/columns.ts"
import type { Entity } from "../tables/entity.ts"
import { cellsByHeader, type IdentifiedRow, type RawRow } from "./raw-row.ts"
import { hasNoValues, isNoLevel } from "./skipped-rows.ts"

/** A cell under the alias of its header too, where the table has no such column itself. */
function aliased(cells: RawRow, aliases: LevelledRules["aliases"]): RawRow {
  const found = Object.entries(aliases).flatMap(([header, alias]) => {
    const cell = cells[header]
    return cell === undefined ? [] : [[alias, cell] as const]
  })
  return { ...Object.fromEntries(found), ...cells }
}

/**
 * Whether a row says something in words and gives no number at all, as a second row of headers does
 * or a note below some of the columns: every level is worth a number, and costs one.
 */
const isInWords = (cells: RawRow) => {
  const text = Object.values(cells).join(" ")
  return /\p{L}{2}/u.test(text) && !/\d/.test(text)
}

/**
 * Rows of a table that holds the levels of one entity. A row's level is what its `Level` says, or
 * where the table has none and the rules count rows, its number among the rows that are
 * not in words, from 1.
 */
export function levelledRows(
  { entityColumn, countsRows, aliases }: LevelledRules,
  entity: Entity,
  table: WikiTable,
): readonly IdentifiedRow[] {
  const { headers } = table
  const levelHeader = headerNamed(headers, "Level")
  const starHeader = headerNamed(headers, "Star")
  const isEmpty = hasNoValues(headers, headerNamed(headers, entityColumn))

  const rows = cellsByHeader(table).filter((cells) => !isInWords(cells))
  return rows.flatMap((cells, index) => {
    const counted = countsRows ? String(index + 1) : undefined
    const level = levelHeader === undefined ? counted : cells[levelHeader]
    if (levelHeader !== undefined && isNoLevel(level ?? "")) return []
    if (isEmpty(cells)) return []

    const star = starHeader === undefined ? undefined : cells[starHeader]
    return {
      canonicalName: entity.name,
      entityId: `${entity.slug}__level_${level || "unknown"}__star_${star || "none"}`,
      rawRow: {
        ...aliased(cells, aliases),
        ...(level === undefined ? {} : { Level: level }),
        [entityColumn]: entity.name,
        _wiki_entity_id: entity.slug,
      },
    }
  })
}
