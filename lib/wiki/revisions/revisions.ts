import type { RawRow } from "../rows/raw-row.ts"

/** One reading of a row's content, which never changes once it is stored. */
export interface RevisionContent {
  readonly pageUrl: string
  readonly sourceSection: string
  readonly parseVersion: string
  readonly entityId: string
  readonly contentHash: string
  readonly canonicalName: string
  /** The table's headers in document order. */
  readonly headers: readonly string[]
  readonly rawRow: RawRow
  /** The wiki's number of the page's version it was first read from, where known. */
  readonly pageRevision: number | null
}

/** A revision in the database. */
export interface StoredRevision extends RevisionContent {
  /** Negative for one that is planned and not stored yet. */
  readonly id: number
  /** When the page last said this: microseconds since 1970. */
  readonly lastSeen: number
  /** Whether the page no longer has the entity. */
  readonly deprecated: boolean
}

/** The order revisions are stored in: planned ones, of negative id, come after all others. */
const insertedLater = (a: StoredRevision, b: StoredRevision) =>
  Math.sign(a.id) === Math.sign(b.id) ? Math.abs(a.id) > Math.abs(b.id) : a.id < b.id

/** Whether `a` is more recent than `b`: seen later, or at the same time and stored later. */
const isLater = (a: StoredRevision, b: StoredRevision) =>
  a.lastSeen === b.lastSeen ? insertedLater(a, b) : a.lastSeen > b.lastSeen

/** The most recent revision for each key. */
function latestBy(
  revisions: Iterable<StoredRevision>,
  keyOf: (revision: StoredRevision) => string,
): ReadonlyMap<string, StoredRevision> {
  const latest = new Map<string, StoredRevision>()
  for (const revision of revisions) {
    const key = keyOf(revision)
    const known = latest.get(key)
    if (known === undefined || isLater(revision, known)) latest.set(key, revision)
  }
  return latest
}

/** A section of a page, as its tables were read by one set of rules. */
export const sectionKey = ({
  sourceSection,
  parseVersion,
}: Pick<RevisionContent, "sourceSection" | "parseVersion">): string =>
  JSON.stringify([parseVersion, sourceSection])

/** The latest revision of each entity of one section, by entity id. */
export const latestByEntity = (
  section: readonly StoredRevision[],
): ReadonlyMap<string, StoredRevision> => latestBy(section, ({ entityId }) => entityId)

/** The rows of one entity that were seen last; of those in the same words, the one stored last. */
function seenLast(rows: readonly StoredRevision[]): readonly StoredRevision[] {
  const lastSeen = rows.reduce((latest, row) => Math.max(latest, row.lastSeen), 0)
  const seen = rows.filter((row) => row.lastSeen === lastSeen)
  return [...latestBy(seen, ({ contentHash }) => contentHash).values()]
}

/**
 * What later stages read: for each entity of each section its latest revision, unless deprecated;
 * and where several sections or pages have an entity of the same parse version, the last seen. Two
 * that were seen at the same time contradict each other, and both are given.
 */
export function latestRows(revisions: readonly StoredRevision[]): readonly StoredRevision[] {
  const bySection = latestBy(revisions, (revision) =>
    JSON.stringify([revision.pageUrl, sectionKey(revision), revision.entityId]),
  )
  const live = [...bySection.values()].filter(({ deprecated }) => !deprecated)
  const byEntity = Map.groupBy(live, ({ parseVersion, entityId }) =>
    JSON.stringify([parseVersion, entityId]),
  )
  return [...byEntity.values()].flatMap(seenLast)
}
