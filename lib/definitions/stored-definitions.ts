import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { execute, queryRows, requireTouched, sqlFile } from "../database/query.ts"
import type { PlannedChanges } from "./difference.ts"
import { currencies, type DefinitionKind, definitionKinds, unitKinds } from "./registry.ts"

const StoredLevel = Schema.Struct({
  id: Schema.Int,
  level: Schema.Int,
  valueRaw: Schema.String,
  costRaw: Schema.String,
  currency: Schema.Literals(currencies),
})

const StoredParameter = Schema.Struct({
  id: Schema.Int,
  key: Schema.String,
  displayName: Schema.String,
  unitKind: Schema.Literals(unitKinds),
  levels: Schema.Array(StoredLevel),
})

const StoredDefinition = Schema.Struct({
  id: Schema.Int,
  kind: Schema.Literals(definitionKinds),
  slug: Schema.String,
  name: Schema.String,
  wikiPageUrl: Schema.String,
  wikiEntityId: Schema.String,
  description: Schema.NullOr(Schema.String),
  rarity: Schema.NullOr(Schema.String),
  effectRaw: Schema.NullOr(Schema.String),
  unlockText: Schema.NullOr(Schema.String),
  parameters: Schema.Array(StoredParameter),
})

/** The definitions of these kinds as they stand in the database. */
export const loadDefinitions = (kinds: readonly DefinitionKind[]) =>
  queryRows(StoredDefinition, sqlFile("stored-definitions.sql", JSON.stringify(kinds)))

const storeAll = (table: string, file: `${string}.sql`, planned: readonly object[]) =>
  planned.length === 0
    ? Effect.void
    : requireTouched(
        `definitions.${table}`,
        planned.length,
        execute(sqlFile(file, JSON.stringify(planned))),
      )

const deleteLevels = (ids: readonly number[]) =>
  ids.length === 0
    ? Effect.void
    : requireTouched(
        "definitions.parameter_level",
        ids.length,
        execute(
          (sql) => sql`
            delete from definitions.parameter_level where id in (
              select value::bigint from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`,
        ),
      )

/** Applies the changes of a rebuild: parents before children, one statement for each table. */
export const storeChanges = Effect.fnUntraced(function* (changes: PlannedChanges) {
  yield* storeAll("definition", "store-definitions.sql", changes.definitions)
  yield* storeAll("parameter", "store-parameters.sql", changes.parameters)
  yield* deleteLevels(changes.deletedLevels.map(({ id }) => id))
  yield* storeAll("parameter_level", "store-levels.sql", changes.levels)
})
