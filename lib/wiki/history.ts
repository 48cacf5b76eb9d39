import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { queryRows } from "../database/query.ts"
import { note } from "../terminal/notice.ts"
import type { Outcome } from "../terminal/report.ts"
import { sentence } from "../terminal/sentence.ts"
import { spellingDistance } from "../terminal/spelling-distance.ts"
import { type Target, targetNames, targetOfVersion, targetRules } from "./catalogue.ts"
import { differences } from "./revisions/diff-revisions.ts"
import { type HistoryRequest, loadRowChanges, type RowChange } from "./revisions/row-changes.ts"
import { diffAddress } from "./source/addresses.ts"
import { slug } from "./tables/entity.ts"

/** A field of a row of the wiki that changed, and who says so. */
export interface FieldChange
  extends Pick<
    RowChange,
    "status" | "firstSeen" | "previousSeen" | "pageUrl" | "sourceSection" | "entity"
  > {
  readonly target: Target | null
  readonly name: string
  /** What the row says its level is, where it has one. */
  readonly level: string | null
  readonly field: string
  readonly previous: string | null
  readonly next: string | null
  /** The version of the page that first said so, where it is known. */
  readonly revision: number | null
  /** Where the wiki shows what that version changed. */
  readonly diff: string | null
}

const fieldsOf = (change: RowChange): readonly FieldChange[] =>
  differences(change.previous, change.next).map((difference) => ({
    status: change.status,
    firstSeen: change.firstSeen,
    previousSeen: change.previousSeen,
    target: targetOfVersion(change.parseVersion),
    pageUrl: change.pageUrl,
    sourceSection: change.sourceSection,
    entity: change.entity,
    name: change.canonicalName,
    level: (change.next ?? change.previous)?.rawRow.Level ?? null,
    ...difference,
    revision: change.revision,
    diff: diffAddress(change.pageUrl, change.revision, change.previousRevision),
  }))

/** The wiki's changes, newest first and field by field, and whether there are more than asked for. */
export const wikiChanges = Effect.fnUntraced(function* (request: HistoryRequest) {
  const rows = yield* loadRowChanges({ ...request, limit: request.limit + 1 })
  const changes = rows.flatMap(fieldsOf)
  return {
    changes: changes.slice(0, request.limit),
    hasMore: rows.length > request.limit || changes.length > request.limit,
  }
})

/** No stored row is about an entity of this slug. */
export class UnknownEntity extends Schema.TaggedError<UnknownEntity>()("UnknownEntity", {
  entity: Schema.String,
  /** The only target that was looked at; null where all were. */
  target: Schema.NullOr(Schema.Literals(targetNames)),
  /** The slug that was probably meant; null where none is like it. */
  nearest: Schema.NullOr(Schema.String),
  known: Schema.Array(Schema.String),
}) {
  override get message(): string {
    const place = this.target === null ? "" : ` for the target ${this.target}`
    if (this.known.length === 0)
      return `Nothing of the wiki is stored${place} yet. Capture it with \`bun run rebuild-wiki-definitions --write\`.`
    const unknown = `No row stored${place} is about ${this.entity}`
    return this.nearest === null
      ? `${sentence(unknown)} Known: ${this.known.join(", ")}.`
      : `${unknown}; did you mean ${this.nearest}?`
  }
}

/** The slug that was meant by one with a few letters wrong, or by a name; null where none is like it. */
function nearestSlug(entity: string, known: readonly string[]): string | null {
  const wanted = slug(entity)
  const [nearest = null] = known
    .map((name) => ({ name, distance: spellingDistance(wanted, name) }))
    .filter(({ distance }) => distance <= wanted.length / 3)
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ name }) => name)
  return nearest
}

const requireKnownEntity = Effect.fnUntraced(function* ({ target, entity }: HistoryRequest) {
  if (entity === null) return
  const parseVersion = target === null ? null : targetRules[target].parseVersion
  const rows = yield* queryRows(
    Schema.Struct({ entity: Schema.String }),
    (sql) => sql`
      select distinct coalesce(raw_row ->> '_wiki_entity_id', entity_id) collate "C" as entity
      from definitions.wiki_data
      where ${parseVersion}::text is null or parse_version = ${parseVersion}
      order by entity`,
  )
  const stored = rows.map((row) => row.entity)
  if (stored.includes(entity)) return
  // The numbers of card slots would come before all names, and hide them.
  const isSlot = (known: string) => /^\d+$/.test(known)
  const known = [...stored.filter((name) => !isSlot(name)), ...stored.filter(isSlot)]
  return yield* new UnknownEntity({ entity, target, nearest: nearestSlug(entity, known), known })
})

/** What the wiki changed, as a command reports it. */
export const wikiHistory = Effect.fnUntraced(function* (request: HistoryRequest) {
  yield* requireKnownEntity(request)
  const { changes, hasMore } = yield* wikiChanges(request)
  if (hasMore)
    yield* note(
      `These are the newest ${request.limit}; --limit shows more, --entity and --since fewer.`,
    )
  return {
    units: changes.map(({ firstSeen, previousSeen, pageUrl, sourceSection, ...change }) => ({
      first_seen_utc: firstSeen,
      status: change.status,
      target: change.target,
      page: pageUrl,
      source_section: sourceSection,
      entity: change.entity,
      level: change.level,
      field: change.field,
      previous: change.previous,
      next: change.next,
      previous_seen_utc: previousSeen,
      revision: change.revision,
      diff: change.diff,
    })),
    total: { shown: changes.length, more: hasMore },
    changes: 0,
  } satisfies Outcome
})
