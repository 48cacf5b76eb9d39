import * as Result from "effect/Result"
import { PageShrunk } from "../errors.ts"
import type { ScrapedPage, ScrapedTable } from "../scrape.ts"
import type { RevisionPlan, SectionPlan } from "./revision-plan.ts"
import {
  latestByEntity,
  type RevisionContent,
  type StoredRevision,
  sectionKey,
} from "./revisions.ts"

/** A section that loses no more entities than this is never refused. */
const toleratedLoss = 5

/** A section of the page as it is now; without a table index, one the page no longer has. */
type Section = Omit<ScrapedTable, "tableIndex"> & Pick<SectionPlan, "tableIndex">

/** The stored sections without a table on the page. */
function goneSections(
  stored: ReadonlyMap<string, readonly StoredRevision[]>,
  { tables }: ScrapedPage,
): readonly Section[] {
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
  const latest = latestByEntity(stored)
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
      sections: shrunk.map(({ sourceSection, live, deprecated }) => ({
        sourceSection,
        live,
        missing: deprecated.length,
      })),
    }),
  )
}
