import { contentHash } from "../../lib/wiki/rows/content-hash.ts"
import type { ScrapedPage } from "../../lib/wiki/scrape.ts"

/** Values by section and entity; entities with the same first letter are levels of one bot. */
export type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>

/** A scraped page of bots that has these sections. */
export const scraped = (
  sections: Sections,
  pageUrl = "https://wiki.test/wiki/Bot",
  pageRevision = 1,
): ScrapedPage => ({
  pageUrl,
  pageRevision,
  isPartial: false,
  tables: Object.entries(sections).map(([sourceSection, entities], tableIndex) => ({
    target: "bots",
    tableIndex,
    sourceSection,
    parseVersion: "bots_v1",
    headers: ["Value"],
    rows: Object.entries(entities).map(([entityId, value]) => {
      const rawRow = { Value: value, _wiki_entity_id: entityId.slice(0, 1) }
      return { canonicalName: entityId, entityId, contentHash: contentHash(rawRow), rawRow }
    }),
  })),
})
