import { newRevisions, type RevisionPlan } from "../../lib/wiki/revisions/plan-revisions.ts"
import type { StoredRevision } from "../../lib/wiki/revisions/revisions.ts"
import type { ScrapedPage } from "../../lib/wiki/scrape.ts"

/** Entities and what their row says, by section. */
export type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>

/** A scraped page of bots that has these sections. */
export const scraped = (
  sections: Sections,
  pageUrl = "https://wiki.test/wiki/Bot",
  pageRevision = 1,
): ScrapedPage => ({
  pageUrl,
  pageRevision,
  tables: Object.entries(sections).map(([sourceSection, entities], tableIndex) => ({
    target: "bots",
    tableIndex,
    sourceSection,
    parseVersion: "bots_v1",
    headers: ["Value"],
    rows: Object.entries(entities).map(([entityId, value]) => ({
      canonicalName: entityId,
      entityId,
      contentHash: `hash of ${value}`,
      rawRow: { Value: value, _wiki_entity_id: entityId },
    })),
  })),
})

/** The revisions after a plan is carried out at a time, as a database would hold them. */
export function carryOut(
  stored: readonly StoredRevision[],
  plans: readonly RevisionPlan[],
  now: number,
): readonly StoredRevision[] {
  const sections = plans.flatMap((plan) => plan.sections)
  const seen = new Set(
    sections.flatMap(({ unchanged, reactivated }) =>
      [...unchanged, ...reactivated.map(({ next }) => next)].map(({ id }) => id),
    ),
  )
  const gone = new Set(sections.flatMap(({ deprecated }) => deprecated.map(({ id }) => id)))
  const kept = stored.map((revision) => {
    if (seen.has(revision.id)) return { ...revision, lastSeen: now, deprecated: false }
    return gone.has(revision.id) ? { ...revision, deprecated: true } : revision
  })
  const inserted = plans.flatMap(newRevisions).map((content, index) => ({
    ...content,
    id: stored.length + index + 1,
    lastSeen: now,
    deprecated: false,
  }))
  return [...kept, ...inserted]
}
