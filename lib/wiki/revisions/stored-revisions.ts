import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { execute, jsonList, queryRows, queryValue, requireTouched } from "../../database/query.ts"
import { newRevisions, type RevisionPlan } from "./plan-revisions.ts"
import { StoredRevision } from "./revisions.ts"

const table = "definitions.wiki_data"

/** Every stored revision of these parse versions. */
export const loadRevisions = (parseVersions: readonly string[]) =>
  queryRows(
    StoredRevision,
    (sql) => sql`
      select
        id, page_url as "pageUrl", source_section as "sourceSection",
        parse_version as "parseVersion", entity_id as "entityId", content_hash as "contentHash",
        canonical_name as "canonicalName", to_jsonb(headers) as headers, raw_row as "rawRow",
        page_revision as "pageRevision",
        (extract(epoch from last_seen) * 1000000)::bigint as "lastSeen", deprecated
      from ${sql(table)}
      where parse_version in ${jsonList(sql, parseVersions)}
      order by id`,
  )

// Later than anything seen before, even where the server's clock was set back.
const timeOfSeeing = queryValue(
  Schema.String,
  (sql) => sql`
    select greatest(now(), max(last_seen) + interval '1 microsecond')::text as value
    from ${sql(table)}`,
)

const idsOf = (revisions: readonly StoredRevision[]) => revisions.map(({ id }) => id)

/** Applies plans: stores new revisions, marks seen ones as seen, and flags those that are gone. */
export const storeRevisions = Effect.fnUntraced(function* (plans: readonly RevisionPlan[]) {
  const sections = plans.flatMap((plan) => plan.sections)
  const added = plans.flatMap(newRevisions)
  const seenAgain = sections.flatMap(({ unchanged, reactivated }) => [
    ...unchanged,
    ...reactivated.map(({ next }) => next),
  ])
  const gone = sections.flatMap(({ deprecated }) => deprecated)
  const seen = yield* timeOfSeeing

  yield* requireTouched(
    table,
    seenAgain.length,
    execute(
      (sql) => sql`
        update ${sql(table)} set last_seen = ${seen}::text::timestamptz, deprecated = false
        where id in ${jsonList(sql, idsOf(seenAgain), "bigint")}`,
    ),
  )
  yield* requireTouched(
    table,
    gone.length,
    execute(
      (sql) => sql`
        update ${sql(table)} set deprecated = true
        where id in ${jsonList(sql, idsOf(gone), "bigint")}`,
    ),
  )
  yield* requireTouched(
    table,
    added.length,
    execute(
      (sql) => sql`
        insert into ${sql(table)} (
          page_url, canonical_name, entity_id, content_hash, headers, raw_row, source_section,
          parse_version, page_revision, first_seen, last_seen
        )
        select
          entry ->> 'pageUrl', entry ->> 'canonicalName', entry ->> 'entityId',
          entry ->> 'contentHash', array(select jsonb_array_elements_text(entry -> 'headers')),
          entry -> 'rawRow', entry ->> 'sourceSection', entry ->> 'parseVersion',
          (entry ->> 'pageRevision')::bigint,
          ${seen}::text::timestamptz, ${seen}::text::timestamptz
        from jsonb_array_elements(${JSON.stringify(added)}::text::jsonb)
          with ordinality as given (entry, position)
        order by position`,
    ),
  )
})
