import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { execute, queryRows } from "./query.ts"

const Grown = Schema.Struct({ name: Schema.String })

/** Smaller tables are read as fast in one way as in another. */
const smallestPages = 32

/**
 * Has the server count the rows of players' tables again that have grown more than fourfold since it did
 * so last. Until then it plans as if they had the rows of that time: where it knows one report of a player,
 * it looks for each of thousands by going through all of them. Autovacuum counts as well, but a minute
 * later, where it is on, and never what a transaction under way has added.
 */
export const countGrownTables = Effect.gen(function* () {
  const grown = yield* queryRows(
    Grown,
    (sql) => sql`
      select format('%I.%I', nspname, relname) as name
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where nspname in ('gamedata', 'player_state') and relkind = 'r'
        and pg_relation_size(pg_class.oid) / current_setting('block_size')::integer
          > greatest(4 * relpages, ${smallestPages}::integer)`,
  )
  if (grown.length === 0) return
  const names = grown.map(({ name }) => name).join(", ")
  yield* execute((sql) => sql.unsafe(`analyze (skip_locked) ${names}`))
})
