import * as Effect from "effect/Effect"
import type { Adopter } from "./adopter.ts"
import { otherTables } from "./source/django-tables.ts"
import type { SourceRow } from "./source/source.ts"

const rowsPerBatch = 500

/** Keeps aside the rows of the site's tables that have no place here. */
export const keepOtherTables = Effect.fnUntraced(function* (adopter: Adopter) {
  const { source, leftovers } = adopter
  for (const table of otherTables(source)) {
    const hasIds = adopter.columnsOf(table).some(({ name }) => name === "id")
    let after: string | null = null
    for (;;) {
      const rows: readonly SourceRow[] = yield* source.next(table, after, rowsPerBatch)
      for (const row of rows) leftovers.onlyKeep(table, row, "no place here for its table")
      yield* adopter.settle
      if (rows.length < rowsPerBatch || !hasIds) break
      after = rows.at(-1)?.id ?? null
    }
  }
})
