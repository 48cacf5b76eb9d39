import * as Effect from "effect/Effect"
import { latestBy, type StoredRevision, sectionKey } from "./revisions.ts"
import { loadRevisions } from "./stored-revisions.ts"

/** A row of the wiki that is current, stored or planned. */
export type LatestRow = Omit<StoredRevision, "lastSeen" | "deprecated" | "contentHash">

/** Whose row it is: the bot's, chip's or weapon's whose level it holds, else the whole list's. */
const ownerKey = ({ parseVersion, rawRow }: StoredRevision) =>
  JSON.stringify([parseVersion, rawRow._wiki_entity_id ?? ""])

const lastSeenOf = (rows: readonly StoredRevision[]) =>
  rows.reduce((latest, row) => Math.max(latest, row.lastSeen), 0)

const seenLast = (rows: readonly StoredRevision[]) => {
  const lastSeen = lastSeenOf(rows)
  return rows.filter((row) => row.lastSeen === lastSeen)
}

/** The rows of the page that was seen last, among all that an owner has. */
function fromPageSeenLast(rows: readonly StoredRevision[]): readonly StoredRevision[] {
  const pages = new Set(seenLast(rows).map(({ pageUrl }) => pageUrl))
  return rows.filter(({ pageUrl }) => pages.has(pageUrl))
}

/** The rows of one entity that were seen last; of those in the same words, the one stored last. */
const distinctSeenLast = (rows: readonly StoredRevision[]) => [
  ...latestBy(seenLast(rows), ({ contentHash }) => contentHash).values(),
]

/**
 * What later stages read: for each entity of each section its latest revision, unless deprecated; of
 * those, as a whole, the rows of the page that was seen last. Two rows of an entity that were seen at
 * the same time contradict each other, and both are current.
 *
 * The view `definitions.latest_wiki_row` is the same rule for those who read the database.
 */
export function latestRows(revisions: readonly StoredRevision[]): readonly StoredRevision[] {
  const bySection = latestBy(revisions, (revision) =>
    JSON.stringify([revision.pageUrl, sectionKey(revision), revision.entityId]),
  )
  const live = [...bySection.values()].filter(({ deprecated }) => !deprecated)
  return [...Map.groupBy(live, ownerKey).values()].flatMap((rows) => {
    const byEntity = Map.groupBy(fromPageSeenLast(rows), ({ entityId }) => entityId)
    return [...byEntity.values()].flatMap(distinctSeenLast)
  })
}

/** The stored rows that are current, of these parse versions. */
export const loadLatestRows = (parseVersions: readonly string[]) =>
  Effect.map(loadRevisions(parseVersions), latestRows)
