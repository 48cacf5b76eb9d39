import type { RevisionPlan } from "./plan-revisions.ts"
import type { RevisionContent } from "./revisions.ts"

/** One field of one row that differs from what is stored. */
export interface FieldDifference {
  readonly sourceSection: string
  readonly entityId: string
  readonly canonicalName: string
  /** Header of the column. */
  readonly field: string
  /** What is stored; null where the row or the column is new. */
  readonly previous: string | null
  /** What the page says; null where it no longer has the row or the column. */
  readonly next: string | null
  readonly status: "added" | "changed" | "deprecated"
}

type Difference = Pick<FieldDifference, "field" | "previous" | "next">

/** What a row says in each column, and the columns of its table. */
type RowContent = Pick<RevisionContent, "headers" | "rawRow">

const cell = (row: RowContent | null, field: string) =>
  row !== null && Object.hasOwn(row.rawRow, field) ? (row.rawRow[field] ?? null) : null

/** The fields in which two rows differ; that one lacks a column the other leaves empty is none. */
const compareFields = (
  fields: readonly string[],
  previous: RowContent | null,
  next: RowContent | null,
): readonly Difference[] =>
  [...new Set(fields)]
    .map((field) => ({ field, previous: cell(previous, field), next: cell(next, field) }))
    .filter((difference) => (difference.previous ?? "") !== (difference.next ?? ""))

/**
 * The columns of the wiki's table that differ. The columns the suite adds only repeat them or name
 * the entity: they are shown where nothing else tells why a row changed.
 */
export function differences(
  previous: RowContent | null,
  next: RowContent | null,
): readonly Difference[] {
  const rows = [next, previous].filter((row) => row !== null)
  const headers = rows.flatMap((row) => row.headers)
  const shown = compareFields(headers, previous, next)
  if (shown.length > 0) return shown
  return compareFields(
    rows.flatMap(({ rawRow }) => Object.keys(rawRow)),
    previous,
    next,
  )
}

const describe = (
  status: FieldDifference["status"],
  { sourceSection, entityId, canonicalName }: RevisionContent,
  found: readonly Difference[],
): readonly FieldDifference[] =>
  found.map((difference) => ({
    sourceSection,
    entityId,
    canonicalName,
    ...difference,
    status,
  }))

/** What a plan changes, field by field: sections in the plan's order, columns in the table's. */
export const diffRevisions = ({ sections }: RevisionPlan): readonly FieldDifference[] =>
  sections.flatMap(({ added, changed, reactivated, deprecated }) => [
    ...added.flatMap((row) => describe("added", row, differences(null, row))),
    ...[...changed, ...reactivated].flatMap(({ previous, next }) =>
      describe("changed", next, differences(previous, next)),
    ),
    ...deprecated.flatMap((row) => describe("deprecated", row, differences(row, null))),
  ])
