import type { Sql } from "../database/database.ts"
import { execute } from "../database/query.ts"

/**
 * Notes number suffixes that no reader knows yet, once each, in `definitions.unit`, so that a
 * maintainer sees what the game has added.
 */
export const recordUnknownMagnitudes = (suffixes: ReadonlyArray<string>) =>
  execute(
    (sql: Sql) => sql`
      insert into definitions.unit (name, symbol, kind)
      select 'magnitude suffix ' || suffix, suffix, 'unknown'
      from jsonb_array_elements_text(${JSON.stringify(suffixes)}::text::jsonb) as suffix
      on conflict (name) do nothing`,
  )
