import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { execute, queryRows } from "../../database/query.ts"
import type { Target } from "./target-tables.ts"

/** The tables of ours whose rows have numbers. */
export const numbered = [
  ...(["wikiRow", "definition", "parameter", "patchBoundary", "unit"] as const),
  ...(["account", "player", "preset", "progress", "battleReport"] as const),
] satisfies readonly Target[]

/** Numbers that no other row has or will have. */
export const nextNumbers = (table: string, count: number) =>
  Effect.map(
    queryRows(
      Schema.Struct({ id: Schema.String }),
      (sql) => sql`
        select nextval(pg_get_serial_sequence(${table}, 'id'))::text as id
        from generate_series(1, ${count}::integer)`,
    ),
    (rows) => rows.map(({ id }) => id),
  )

/**
 * Lets new rows, also those that a site writes meanwhile, have numbers that neither side has given to
 * a row.
 */
export const advanceIdentities = (nextId: ReadonlyMap<string, number>) =>
  Effect.forEach(
    nextId,
    ([name, next]) =>
      execute(
        (sql) => sql`
          select setval(sequence, ${next}::bigint - 1)
          from (select pg_get_serial_sequence(${name}, 'id')::regclass as sequence) as numbered
          where ${next}::bigint - 1 > coalesce(pg_sequence_last_value(sequence), 0)`,
      ),
    { discard: true },
  )
