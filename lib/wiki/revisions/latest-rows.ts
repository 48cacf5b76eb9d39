import * as Schema from "effect/Schema"
import { queryRows } from "../../database/query.ts"

const LatestRow = Schema.Struct({
  id: Schema.Int,
  pageUrl: Schema.String,
  canonicalName: Schema.String,
  entityId: Schema.String,
  headers: Schema.Array(Schema.String),
  rawRow: Schema.Record(Schema.String, Schema.String),
  sourceSection: Schema.String,
  parseVersion: Schema.String,
})

/**
 * The row of the wiki that is current for an entity: its latest revision, stored or planned, that
 * is not deprecated.
 */
export type LatestRow = typeof LatestRow.Type

/** The stored rows that are current, of these parse versions. */
export const loadLatestRows = (parseVersions: readonly string[]) =>
  queryRows(
    LatestRow,
    (sql) => sql`
      select
        id, page_url as "pageUrl", canonical_name as "canonicalName", entity_id as "entityId",
        to_jsonb(headers) as headers, raw_row as "rawRow", source_section as "sourceSection",
        parse_version as "parseVersion"
      from definitions.latest_wiki_row
      where parse_version in (
        select jsonb_array_elements_text(${JSON.stringify(parseVersions)}::text::jsonb))`,
  )
