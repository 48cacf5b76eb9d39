import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Target } from "../catalogue.ts"
import { describePage, type PageProblem } from "../page-problem.ts"
import type { ScrapedPage, ScrapedTable } from "../scrape.ts"
import { latestBy, type RevisionContent, type StoredRevision, sectionKey } from "./revisions.ts"

/** An entity whose content changed to one not stored before: a new revision. */
export interface ChangedEntity {
  readonly previous: StoredRevision
  readonly next: RevisionContent
}

/** An entity whose content returned to that of an earlier revision, which is the latest again. */
export interface ReactivatedEntity {
  readonly previous: StoredRevision
  readonly next: StoredRevision
}

/** What storing a table, or finding it gone, does to the revisions of its section. */
export interface SectionPlan {
  readonly target: Target
  readonly sourceSection: string
  readonly parseVersion: string
  /** The table's index on the page; null where the page no longer has it. */
  readonly tableIndex: number | null
  /** How many entities the section had, deprecated ones not counted. */
  readonly live: number
  /** Entities without a stored revision. */
  readonly added: readonly RevisionContent[]
  readonly changed: readonly ChangedEntity[]
  readonly reactivated: readonly ReactivatedEntity[]
  /** Seen again as they were; among them deprecated ones, which are so no longer. */
  readonly unchanged: readonly StoredRevision[]
  /** The latest revisions of entities the page no longer has. */
  readonly deprecated: readonly StoredRevision[]
}

/** What storing a page does. Sections in the page's order, those that are gone last. */
export interface RevisionPlan {
  readonly pageUrl: string
  readonly sections: readonly SectionPlan[]
}

/** How many entities of a section a plan adds, changes, leaves and deprecates. */
export interface RevisionCounts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly deprecated: number
}

/** Counts a section's plan. Content that returned to an earlier revision counts as changed. */
export const countsOf = (plan: SectionPlan): RevisionCounts => ({
  added: plan.added.length,
  changed: plan.changed.length + plan.reactivated.length,
  unchanged: plan.unchanged.length,
  deprecated: plan.deprecated.length,
})

/** The new revisions of a plan, in the order in which to store them. */
export const newRevisions = ({ sections }: RevisionPlan): readonly RevisionContent[] =>
  sections.flatMap(({ added, changed }) => [...added, ...changed.map(({ next }) => next)])

/** A stored section that lost most of its entities. */
const ShrunkSection = Schema.Struct({
  sourceSection: Schema.String,
  /** Entities the section has, not counting those deprecated before. */
  live: Schema.Number,
  /** How many of them the page no longer has. */
  missing: Schema.Number,
})

/** A page lost so many rows that it is more likely broken than edited. */
export class PageShrunk extends Schema.TaggedError<PageShrunk>()("PageShrunk", {
  page: Schema.String,
  revision: Schema.NullOr(Schema.Int),
  sections: Schema.Array(ShrunkSection),
}) {
  override get message() {
    return [
      `${describePage(this)} lost most of its rows; nothing of it was stored:`,
      ...this.sections.map(
        ({ sourceSection, live, missing }) => `  ${sourceSection}: ${missing} of ${live} gone`,
      ),
      "Look at the page; if it is right, run again with --allow-shrink.",
    ].join("\n")
  }

  get problems(): readonly PageProblem[] {
    const { page, revision, message } = this
    return this.sections.map(({ sourceSection, live, missing }) => ({
      ...{ page, revision, table: sourceSection, row: null, column: null },
      found: `${live - missing} rows`,
      expected: `most of ${live} rows`,
      message,
    }))
  }
}

/** A section that loses no more entities than this is never refused. */
const toleratedLoss = 5

/** A section of the page as it is now; without a table index, one the page no longer has. */
type Section = Omit<ScrapedTable, "tableIndex"> & Pick<SectionPlan, "tableIndex">

/** The stored sections without a table on the page. */
function goneSections(
  stored: ReadonlyMap<string, readonly StoredRevision[]>,
  { tables, isPartial }: ScrapedPage,
): readonly Section[] {
  if (isPartial) return []
  const onPage = new Set(tables.map(sectionKey))
  const targets = new Map(tables.map(({ parseVersion, target }) => [parseVersion, target]))
  return [...stored].flatMap(([key, [revision]]) => {
    if (revision === undefined || onPage.has(key)) return []
    const target = targets.get(revision.parseVersion)
    if (target === undefined) return []
    const { sourceSection, parseVersion } = revision
    return { target, sourceSection, parseVersion, tableIndex: null, headers: [], rows: [] }
  })
}

function planSection(
  page: ScrapedPage,
  { rows, headers, ...section }: Section,
  stored: readonly StoredRevision[],
): SectionPlan {
  const latest = latestBy(stored, ({ entityId }) => entityId)
  const contentKey = (row: Pick<RevisionContent, "entityId" | "contentHash">) =>
    `${row.contentHash} ${row.entityId}`
  const byContent = new Map(stored.map((revision) => [contentKey(revision), revision]))

  const added: RevisionContent[] = []
  const changed: SectionPlan["changed"][number][] = []
  const reactivated: SectionPlan["reactivated"][number][] = []
  const unchanged: StoredRevision[] = []
  for (const row of rows) {
    const { pageUrl, pageRevision } = page
    const { sourceSection, parseVersion } = section
    const content = { ...row, pageUrl, sourceSection, parseVersion, headers, pageRevision }
    const previous = latest.get(row.entityId)
    const earlier = byContent.get(contentKey(row))
    if (previous === undefined) added.push(content)
    else if (earlier === undefined) changed.push({ previous, next: content })
    else if (earlier.id === previous.id) unchanged.push(previous)
    else reactivated.push({ previous, next: earlier })
  }

  const present = new Set(rows.map(({ entityId }) => entityId))
  const live = [...latest.values()].filter(({ deprecated }) => !deprecated)
  const deprecated = live.filter(({ entityId }) => !present.has(entityId))
  return { ...section, live: live.length, added, changed, reactivated, unchanged, deprecated }
}

/** Whether a section loses so much that the page is more likely broken than edited. */
const isShrunk = ({ live, deprecated }: SectionPlan) =>
  deprecated.length > toleratedLoss && deprecated.length > live / 2

/**
 * What storing a scraped page would do, section by section. Only sections of the parse versions
 * that were scraped are concerned; those of them that are gone from the page are deprecated.
 * Refused where a section shrinks suspiciously, unless `allowShrink`.
 *
 * @param stored the stored revisions of the page; those of other pages are ignored
 */
export function planRevisions(
  stored: readonly StoredRevision[],
  page: ScrapedPage,
  { allowShrink = false }: { readonly allowShrink?: boolean } = {},
): Result.Result<RevisionPlan, PageShrunk> {
  const own = stored.filter(({ pageUrl }) => pageUrl === page.pageUrl)
  const bySection = Map.groupBy(own, sectionKey)
  const sections = [...page.tables, ...goneSections(bySection, page)]
    .map((section) => planSection(page, section, bySection.get(sectionKey(section)) ?? []))
    .filter(({ tableIndex, deprecated }) => tableIndex !== null || deprecated.length > 0)

  const shrunk = allowShrink ? [] : sections.filter(isShrunk)
  if (shrunk.length === 0) return Result.succeed({ pageUrl: page.pageUrl, sections })
  return Result.fail(
    new PageShrunk({
      page: page.pageUrl,
      revision: page.pageRevision,
      sections: shrunk.map(({ sourceSection, live, deprecated }) => ({
        sourceSection,
        live,
        missing: deprecated.length,
      })),
    }),
  )
}
