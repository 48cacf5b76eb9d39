import type { LatestRow } from "../wiki/revisions/latest-rows.ts"
import { isPlaceholder } from "../wiki/tables/cells.ts"
import { normaliseHeader } from "./headers.ts"

/** The header of one level of a card's effect: `Lv. 1`, `Lvl 2`, `Level 3`; normalised. */
const levelHeader = /^(?:lv|lvl|level)\.? ?(\d+)$/

/** A description that leaves the factor of a multiplication open: `x #`, `x [x]`. */
const asksForMultiplier = /(?<![\p{L}\p{N}])[x×]\s*(?:#|\[x\])/iu

/** A number with nothing about it that says what it means. */
const bareNumber = /^\d+(?:[.,]\d+)*$/

/** Headers of the columns that hold a card's effect by level, in numeric order. */
export function levelHeaders(headers: readonly string[]): readonly string[] {
  return headers
    .flatMap((header) => {
      const [, level] = levelHeader.exec(normaliseHeader(header)) ?? []
      return level === undefined ? [] : [{ header, level: Number(level) }]
    })
    .toSorted((a, b) => a.level - b.level)
    .map(({ header }) => header)
}

/**
 * A card's effect from its level columns, blanks skipped: `5% / 6% / 7%`. Where the description
 * asks for a multiplier the wiki writes bare factors in some cells; they are written `x 1.25`.
 * Null when every level is blank.
 */
export function effectByLevel(row: LatestRow, description: string | null): string | null {
  const multiplies = description !== null && asksForMultiplier.test(description)
  const values = levelHeaders(row.headers)
    .map((header) => row.rawRow[header] ?? "")
    .filter((value) => !isPlaceholder(value))
    .map((value) => (multiplies && bareNumber.test(value) ? `x ${value}` : value))
  return values.length === 0 ? null : values.join(" / ")
}
