import * as Effect from "effect/Effect"
import { execute, requireTouched, sqlFile } from "../database/query.ts"
import type { PlannedChanges } from "./rebuild-plan.ts"

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
