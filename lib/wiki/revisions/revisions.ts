import * as Schema from "effect/Schema"

/** One reading of a row's content, which never changes once it is stored. */
export const RevisionContent = Schema.Struct({
  pageUrl: Schema.String,
  sourceSection: Schema.String,
  parseVersion: Schema.String,
  entityId: Schema.String,
  contentHash: Schema.String,
  canonicalName: Schema.String,
  /** The table's headers in document order. */
  headers: Schema.Array(Schema.String),
  rawRow: Schema.Record(Schema.String, Schema.String),
  /** The wiki's number of the page's version it was first read from, where known. */
  pageRevision: Schema.NullOr(Schema.Int),
})

export type RevisionContent = typeof RevisionContent.Type

/** A revision in the database. */
export const StoredRevision = Schema.Struct({
  /** Negative for one that is planned and not stored yet. */
  id: Schema.Int,
  ...RevisionContent.fields,
  /** When the page last said this: microseconds since 1970. */
  lastSeen: Schema.Int,
  /** Whether the page no longer has the entity. */
  deprecated: Schema.Boolean,
})

export type StoredRevision = typeof StoredRevision.Type

/** The order revisions are stored in: planned ones, of negative id, come after all others. */
const insertedLater = (a: StoredRevision, b: StoredRevision) =>
  Math.sign(a.id) === Math.sign(b.id) ? Math.abs(a.id) > Math.abs(b.id) : a.id < b.id

/** Whether `a` is more recent than `b`: seen later, or at the same time and stored later. */
const isLater = (a: StoredRevision, b: StoredRevision) =>
  a.lastSeen === b.lastSeen ? insertedLater(a, b) : a.lastSeen > b.lastSeen

/** The most recent revision for each key. */
export function latestBy(
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
