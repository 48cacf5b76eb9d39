import * as Arr from "effect/Array"
import * as Order from "effect/Order"
import type { LatestRow } from "../../wiki/revisions/latest-rows.ts"

/** The rows of one entity, in the order in which they are stored. */
export interface EntityRows {
  readonly slug: string
  /** The page they are from; comma-separated if there is more than one. */
  readonly page: string
  /** The newest version of the page that they are from, where it is known. */
  readonly revision: number | null
  /** Their source section; comma-separated if there is more than one. */
  readonly table: string
  readonly rows: Arr.NonEmptyReadonlyArray<LatestRow>
}

/** Orders rows as they are stored: planned ones, whose ids count down from -1, after all others. */
const inStoredOrder = (a: LatestRow, b: LatestRow) =>
  Number(a.id < 0) - Number(b.id < 0) || Math.abs(a.id) - Math.abs(b.id)

const distinct = (texts: readonly string[]) => [...new Set(texts)].join(", ")

const newestRevision = (rows: readonly LatestRow[]) =>
  rows.reduce<number | null>(
    (newest, { pageRevision }) =>
      pageRevision === null ? newest : Math.max(newest ?? 0, pageRevision),
    null,
  )

/** A row in a message: its id, which a planned one does not have yet, and its table. */
export const placeOf = ({ id, sourceSection }: LatestRow): string =>
  `${id < 0 ? "new" : id} (${sourceSection})`

/**
 * Groups rows by the slug of their entity. Neither the groups nor the rows in them depend on the
 * order the rows come in.
 */
export function rowsByEntity(
  rows: readonly LatestRow[],
  slugOf: (row: LatestRow) => string,
): readonly EntityRows[] {
  const ordered = rows.toSorted(inStoredOrder)
  const groups = Object.entries(Arr.groupBy(ordered, slugOf)).map(([slug, own]) => ({
    slug,
    page: distinct(own.map(({ pageUrl }) => pageUrl)),
    revision: newestRevision(own),
    table: distinct(own.map(({ sourceSection }) => sourceSection)),
    rows: own,
  }))
  return Arr.sortWith(groups, ({ slug }) => slug, Order.String)
}
