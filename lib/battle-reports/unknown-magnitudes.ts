import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { execute, queryRow } from "../database/query.ts"
import type { Mode } from "../database/transaction.ts"

/**
 * Notes number suffixes that no reader knows yet, once each, in `definitions.unit`, so that a
 * maintainer sees what the game has added. Gives how many are noted, or would be for a check.
 */
export const recordUnknownMagnitudes = (mode: Mode, suffixes: readonly string[]) => {
  const listed = JSON.stringify(suffixes)
  return mode === "write"
    ? execute(
        (sql) => sql`
          insert into definitions.unit (name, symbol, kind)
          select 'magnitude suffix ' || suffix, suffix, 'unknown'
          from jsonb_array_elements_text(${listed}::text::jsonb) as suffix
          on conflict (name) do nothing`,
      )
    : Effect.map(
        queryRow(
          Schema.Struct({ missing: Schema.Int }),
          (sql) => sql`
            select count(*) as missing
            from jsonb_array_elements_text(${listed}::text::jsonb) as suffix
            where 'magnitude suffix ' || suffix not in (select name from definitions.unit)`,
        ),
        ({ missing }) => missing,
      )
}
