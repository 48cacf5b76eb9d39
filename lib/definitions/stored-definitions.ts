import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Sql, Statement } from "../database/database.ts"
import { execute, jsonList, queryRows, requireTouched } from "../database/query.ts"
import { StoredDefinition } from "./definition.ts"
import type { PlannedChanges } from "./difference.ts"
import { type DefinitionKind, definitionKinds } from "./registry.ts"

/** The stored definitions of these kinds. */
export const loadDefinitions = (kinds: readonly DefinitionKind[]) =>
  queryRows(
    StoredDefinition,
    (sql) => sql`
      select
        definition.id, kind, slug, name, wiki_page_url as "wikiPageUrl",
        wiki_entity_id as "wikiEntityId", description, rarity, effect_raw as "effectRaw",
        unlock_text as "unlockText",
        coalesce((
          select jsonb_agg(jsonb_build_object(
            'id', parameter.id, 'key', key, 'displayName', display_name, 'unitKind', unit_kind,
            'levels', coalesce((
              select jsonb_agg(jsonb_build_object(
                'id', id, 'level', level, 'valueRaw', value_raw, 'costRaw', cost_raw,
                'currency', currency
              ) order by level)
              from definitions.parameter_level where parameter_id = parameter.id
            ), '[]')
          ) order by key)
          from definitions.parameter where definition_id = definition.id
        ), '[]') as parameters
      from definitions.definition
      where kind in ${jsonList(sql, kinds)}
      order by kind, slug`,
  )

const Origin = Schema.Struct({
  kind: Schema.Literals(definitionKinds),
  slug: Schema.String,
  /** When the wiki was last seen to say all of it, in UTC; null where no row of the wiki is known. */
  since: Schema.NullOr(Schema.String),
  /** The day, in UTC, on which the newest of those rows was first seen. */
  captured: Schema.NullOr(Schema.String),
  /** The newest version of the page that they were first seen in, where it is known. */
  revision: Schema.NullOr(Schema.Int),
})

export type Origin = typeof Origin.Type

/**
 * The row of the wiki that each definition and level is made from, with its `definition_id` and `kind`:
 * `first_seen`, `last_seen` and `page_revision`, which are null where no row is known.
 */
export const madeFromRows = (sql: Sql): Statement => sql`
  select definition_id, kind, first_seen, last_seen, page_revision
  from (
    select id as definition_id, kind, source_wikidata_id from definitions.definition
    union all
    select definition_id, parameter.kind, source_wikidata_id
    from definitions.parameter_level
    join definitions.parameter on parameter.id = parameter_id
  ) as made_from
  left join definitions.wiki_data on wiki_data.id = source_wikidata_id`

/** Where each definition comes from, with all its levels, and when the wiki was last seen to say so. */
export const loadOrigins = queryRows(
  Origin,
  (sql) => sql`
    select definition.kind, slug,
      to_char(min(last_seen) at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as since,
      to_char(max(first_seen) at time zone 'UTC', 'YYYY-MM-DD') as captured,
      max(page_revision) as revision
    from definitions.definition
    join (${madeFromRows(sql)}) as made_from on definition_id = definition.id
    group by definition.kind, slug
    order by definition.kind, slug`,
)

const storeDefinitions =
  (planned: PlannedChanges["definitions"]) =>
  (sql: Sql): Statement =>
    sql`
  insert into definitions.definition (
    kind, slug, name, wiki_page_url, wiki_entity_id, description, rarity, effect_raw, unlock_text,
    source_wikidata_id
  )
  select
    kind, slug, name, "wikiPageUrl", "wikiEntityId", description, rarity, "effectRaw",
    "unlockText", "sourceRowId"
  from jsonb_to_recordset(${JSON.stringify(planned)}::text::jsonb) as planned (
    kind text, slug text, name text, "wikiPageUrl" text, "wikiEntityId" text, description text,
    rarity text, "effectRaw" text, "unlockText" text, "sourceRowId" bigint
  )
  on conflict (kind, slug) do update set
    name = excluded.name, wiki_page_url = excluded.wiki_page_url,
    wiki_entity_id = excluded.wiki_entity_id, description = excluded.description,
    rarity = excluded.rarity, effect_raw = excluded.effect_raw,
    unlock_text = excluded.unlock_text, source_wikidata_id = excluded.source_wikidata_id`

const storeParameters =
  (planned: PlannedChanges["parameters"]) =>
  (sql: Sql): Statement =>
    sql`
  insert into definitions.parameter (definition_id, kind, key, display_name, unit_kind)
  select definition.id, kind, planned.key, planned."displayName", planned."unitKind"
  from jsonb_to_recordset(${JSON.stringify(planned)}::text::jsonb) as planned (
    kind text, slug text, key text, "displayName" text, "unitKind" text
  )
  join definitions.definition using (kind, slug)
  on conflict (definition_id, key) do update set
    display_name = excluded.display_name, unit_kind = excluded.unit_kind`

const storeLevels =
  (planned: PlannedChanges["levels"]) =>
  (sql: Sql): Statement =>
    sql`
  insert into definitions.parameter_level (
    parameter_id, kind, level, value_raw, cost_raw, currency, source_wikidata_id
  )
  select
    parameter.id, kind, planned.level, planned."valueRaw", planned."costRaw", planned.currency,
    planned."sourceRowId"
  from jsonb_to_recordset(${JSON.stringify(planned)}::text::jsonb) as planned (
    kind text, slug text, key text, level integer, "valueRaw" text, "costRaw" text, currency text,
    "sourceRowId" bigint
  )
  join definitions.definition using (kind, slug)
  join definitions.parameter using (kind, key)
  where parameter.definition_id = definition.id
  on conflict (parameter_id, level) do update set
    value_raw = excluded.value_raw, cost_raw = excluded.cost_raw, currency = excluded.currency,
    source_wikidata_id = excluded.source_wikidata_id`

const deleteLevels =
  (planned: PlannedChanges["deletedLevels"]) =>
  (sql: Sql): Statement =>
    sql`
  delete from definitions.parameter_level
  where id in ${jsonList(
    sql,
    planned.map(({ id }) => id),
    "bigint",
  )}`

/** Applies the changes of a rebuild: parents before children, one statement for each table. */
export const storeChanges = Effect.fnUntraced(function* ({
  definitions,
  parameters,
  levels,
  deletedLevels,
}: PlannedChanges) {
  const steps = [
    ["definition", definitions.length, storeDefinitions(definitions)],
    ["parameter", parameters.length, storeParameters(parameters)],
    ["parameter_level", deletedLevels.length, deleteLevels(deletedLevels)],
    ["parameter_level", levels.length, storeLevels(levels)],
  ] as const
  for (const [table, planned, statement] of steps)
    yield* requireTouched(`definitions.${table}`, planned, execute(statement))
})
