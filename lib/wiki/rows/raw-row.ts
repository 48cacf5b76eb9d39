import type { WikiTable } from "../page/document.ts"

/** Cell text by header, with the columns the suite adds; their order means nothing. */
export type RawRow = Readonly<Record<string, string>>

/** A row of a table and whom it is about. */
export interface IdentifiedRow {
  /** The display name of the entity the row is about. */
  readonly canonicalName: string
  /** Tells the row from the others of its table, from one reading of the page to the next. */
  readonly entityId: string
  readonly rawRow: RawRow
}

/** A table's rows as cell text by header. */
export const cellsByHeader = ({ headers, rows }: WikiTable): readonly RawRow[] =>
  rows.map((cells) => Object.fromEntries(headers.map((header, at) => [header, cells[at] ?? ""])))
