import * as Arr from "effect/Array"
import * as Order from "effect/Order"
import type { WikiRow } from "./wiki-row.ts"

/** The rows of one entity, by ascending id. */
export interface EntityRows {
  readonly slug: string
  /** The page they stand on; several, should there be several, are listed. */
  readonly page: string
  readonly rows: Arr.NonEmptyReadonlyArray<WikiRow>
}

/**
 * Groups rows by the slug of their entity. Neither the groups nor the rows in them depend on the
 * order the rows come in.
 */
export function rowsByEntity(
  rows: readonly WikiRow[],
  slugOf: (row: WikiRow) => string,
): readonly EntityRows[] {
  const byId = rows.toSorted((a, b) => a.id - b.id)
  const groups = Object.entries(Arr.groupBy(byId, slugOf)).map(([slug, own]) => ({
    slug,
    page: [...new Set(own.map(({ pageUrl }) => pageUrl))].join(", "),
    rows: own,
  }))
  return Arr.sortWith(groups, ({ slug }) => slug, Order.String)
}
