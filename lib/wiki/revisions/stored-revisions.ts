import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Sql } from "../../database/database.ts"
import { execute, queryRow, queryRows, requireTouched, sqlFile } from "../../database/query.ts"
import { newRevisions, type RevisionPlan } from "./plan-revisions.ts"
import type { StoredRevision } from "./revisions.ts"

const Revision = Schema.Struct({
  id: Schema.Int,
  pageUrl: Schema.String,
  sourceSection: Schema.String,
  parseVersion: Schema.String,
  entityId: Schema.String,
  contentHash: Schema.String,
  canonicalName: Schema.String,
  headers: Schema.Array(Schema.String),
  rawRow: Schema.Record(Schema.String, Schema.String),
  pageRevision: Schema.NullOr(Schema.Int),
  lastSeen: Schema.Int,
  deprecated: Schema.Boolean,
})

/** Every stored revision of these parse versions. */
export const loadRevisions = (parseVersions: readonly string[]) =>
  queryRows(Revision, sqlFile("stored-revisions.sql", JSON.stringify(parseVersions)))

// Later than anything seen before, even where the server's clock was set back.
const timeOfSeeing = Effect.map(
  queryRow(
    Schema.Struct({ seen: Schema.String }),
    (sql) => sql`
      select greatest(now(), max(last_seen) + interval '1 microsecond')::text as seen
      from definitions.wiki_data`,
  ),
  ({ seen }) => seen,
)

const idList = (sql: Sql, revisions: readonly StoredRevision[]) => sql`
  select value::bigint from jsonb_array_elements_text(${JSON.stringify(
    revisions.map(({ id }) => id),
  )}::text::jsonb)`

/** Applies plans: stores new revisions, marks seen ones as seen, and flags those that are gone. */
export const storeRevisions = Effect.fnUntraced(function* (plans: readonly RevisionPlan[]) {
  const table = "definitions.wiki_data"
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
        where id in (${idList(sql, seenAgain)})`,
    ),
  )
  yield* requireTouched(
    table,
    gone.length,
    execute(
      (sql) => sql`update ${sql(table)} set deprecated = true where id in (${idList(sql, gone)})`,
    ),
  )
  yield* requireTouched(
    table,
    added.length,
    execute(sqlFile("store-revisions.sql", JSON.stringify(added), seen)),
  )
})
