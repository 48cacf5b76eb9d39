import * as Schema from "effect/Schema"
import type { Sql, Statement } from "../../database/database.ts"
import { queryRows } from "../../database/query.ts"
import { type Target, targetRules } from "../catalogue.ts"
import { RevisionContent } from "./revisions.ts"

/** How a row came to be what it is: `recorded` was there when its table was first captured. */
const statuses = ["recorded", "added", "changed", "returned", "deprecated"] as const

const RowContent = Schema.Struct({
  headers: RevisionContent.fields.headers,
  rawRow: RevisionContent.fields.rawRow,
})

/** A row of the wiki that came, changed, returned to what it had said before, or left. */
const RowChange = Schema.Struct({
  status: Schema.Literals(statuses),
  /** The last time at which the wiki is known to have said the previous; null where never. */
  previousSeen: Schema.NullOr(Schema.String),
  /** When the next was first seen; null where rows returned or left: no day is stored for that. */
  firstSeen: Schema.NullOr(Schema.String),
  pageUrl: Schema.String,
  sourceSection: Schema.String,
  parseVersion: Schema.String,
  /** Slug of the bot, chip, weapon or card, else the row's own id. */
  entity: Schema.String,
  canonicalName: Schema.String,
  /** The page's version that first said the next, and the latest one known to have said the previous. */
  revision: Schema.NullOr(Schema.Int),
  previousRevision: Schema.NullOr(Schema.Int),
  previous: Schema.NullOr(RowContent),
  next: Schema.NullOr(RowContent),
})

export type RowChange = typeof RowChange.Type

const timestamp = "YYYY-MM-DD HH24:MI"

/**
 * Every row's history as a relation `change`, to begin a statement with. A revision was seen first, seen
 * last, and perhaps found gone after that; of these sights, in order, each that differs from the one
 * before is a change. Content that returned has no row of its own: its last sight alone tells of it.
 */
export const rowChanges = (sql: Sql): Statement => sql`
  with sight as (
    select wiki_data.*, sight, seen_at,
      max(page_revision) over (partition by page_url order by seen_at) as page_revision_by_then,
      max(seen_at) over (
        partition by page_url, source_section, parse_version order by seen_at
        range between unbounded preceding and interval '1 microsecond' preceding
      ) as table_seen_before,
      min(seen_at) over (
        partition by page_url, source_section, parse_version order by seen_at
        range between interval '1 microsecond' following and unbounded following
      ) as table_seen_after
    from definitions.wiki_data
    cross join lateral (values
      ('first', first_seen), ('last', last_seen), ('left', case when deprecated then last_seen end)
    ) as seen (sight, seen_at)
    where seen_at is not null
  ),
  step as (
    select sight.*,
      lag(id) over history as id_before,
      lag(sight) over history is not distinct from 'left' as was_gone,
      lag(seen_at) over history as seen_before,
      lag(page_revision_by_then) over history as page_revision_before
    from sight
    window history as (
      partition by page_url, source_section, parse_version, entity_id order by seen_at, id, sight
    )
  ),
  change as (
    select id, page_url, source_section, parse_version, canonical_name,
      coalesce(raw_row ->> '_wiki_entity_id', entity_id) as entity,
      case
        when sight = 'left' then 'deprecated'
        when sight = 'last' then 'returned'
        when id_before is not null and not was_gone then 'changed'
        when table_seen_before is not null then 'added'
        else 'recorded'
      end as status,
      case when sight = 'left' or not was_gone then id_before end as previous_id,
      case when sight <> 'left' then id end as next_id,
      case
        when sight = 'left' or (id_before is not null and not was_gone) then seen_before
        when sight = 'first' and (id_before is null or table_seen_before > seen_before)
          then table_seen_before
      end as previous_seen,
      case when sight = 'first' then seen_at end as first_seen,
      case when sight = 'first' then seen_at else seen_before end as sorted_by,
      case when sight = 'left' then coalesce(table_seen_after, 'infinity') else seen_at end as seen_by,
      case when sight = 'first' then page_revision end as revision,
      case when sight = 'first' and page_revision_before < page_revision then page_revision_before end
        as previous_revision
    from step
    where sight = 'left' or id_before is distinct from id
  )`

/** Which changes of the wiki to show. */
export interface HistoryRequest {
  /** Null for all. */
  readonly target: Target | null
  readonly entity: string | null
  /** A day, YYYY-MM-DD in UTC: changes that were, or may have been, on that day or later. */
  readonly since: string | null
  /** Also the rows that were there when their table was first captured. */
  readonly withRecorded: boolean
  /** How many fields to show at most. */
  readonly limit: number
}

/** The changes asked for, newest first; `limit` counts rows here. */
export const loadRowChanges = (request: HistoryRequest) =>
  queryRows(RowChange, selectChanges(request))

const selectChanges =
  ({ target, entity, since, withRecorded, limit }: HistoryRequest) =>
  (sql: Sql): Statement => {
    const parseVersion = target === null ? null : targetRules[target].parseVersion
    const content = (table: string) => sql`
      case when ${sql(table)}.id is not null
        then jsonb_build_object('headers', ${sql(table)}.headers, 'rawRow', ${sql(table)}.raw_row)
      end`
    return sql`
      ${rowChanges(sql)}
      select status, change.page_url as "pageUrl", change.source_section as "sourceSection",
        change.parse_version as "parseVersion", entity, change.canonical_name as "canonicalName",
        revision, previous_revision as "previousRevision",
        to_char(change.first_seen at time zone 'UTC', ${timestamp}) as "firstSeen",
        to_char(previous_seen at time zone 'UTC', ${timestamp}) as "previousSeen",
        ${content("previous")} as previous, ${content("next")} as next
      from change
      left join definitions.wiki_data as previous on previous.id = previous_id
      left join definitions.wiki_data as next on next.id = next_id
      where (${parseVersion}::text is null or change.parse_version = ${parseVersion})
        and (${entity}::text is null or entity = ${entity})
        and (${since}::text is null or seen_by >= ${since}::text::timestamp at time zone 'UTC')
        and (${withRecorded}::boolean or status <> 'recorded')
      order by sorted_by desc, change.page_url collate "C", change.source_section collate "C",
        change.id, status
      limit ${limit}`
  }
