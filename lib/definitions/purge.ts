import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Sql, Statement } from "../database/database.ts"
import { execute, queryRow, requireTouched } from "../database/query.ts"
import type { Mode } from "../database/transaction.ts"
import type { Outcome } from "../terminal/report.ts"

const Counts = Schema.Struct({
  parameter_level: Schema.Int,
  parameter: Schema.Int,
  definition: Schema.Int,
})

const planPurge = queryRow(
  Counts,
  (sql) => sql`
    select
      (select count(*) from definitions.parameter_level) as parameter_level,
      (select count(*) from definitions.parameter) as parameter,
      (select count(*) from definitions.definition) as definition`,
)

// Children first, so that each statement counts its own rows and no cascade hides any.
const deletions: readonly [keyof typeof Counts.Type, (sql: Sql) => Statement][] = [
  ["parameter_level", (sql) => sql`delete from definitions.parameter_level`],
  ["parameter", (sql) => sql`delete from definitions.parameter`],
  ["definition", (sql) => sql`delete from definitions.definition`],
]

/**
 * Deletes all definitions with their parameters and levels, or counts them for a check. The wiki's
 * rows stay; player-owned rows stay too and lose only their link, which a rebuild and a sync
 * restore.
 */
export const purgeDefinitions = Effect.fnUntraced(function* (mode: Mode) {
  const plan = yield* planPurge
  if (mode === "write")
    yield* Effect.forEach(deletions, ([table, statement]) =>
      requireTouched(`definitions.${table}`, plan[table], execute(statement)),
    )
  return {
    units: deletions.map(([table]) => ({ table: `definitions.${table}`, rows: plan[table] })),
    total: { rows: plan.parameter_level + plan.parameter + plan.definition },
    changes: plan.parameter_level + plan.parameter + plan.definition,
  } satisfies Outcome
})
