import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { queryRows } from "../database/query.ts"

/** Returns the slugs of the entities with these names, without case; unknown names are left out. */
export type SlugsOf = (names: readonly string[]) => readonly string[]

const Named = Schema.Struct({ name: Schema.String, slug: Schema.String })

/** How to find the defined entities of one kind by the names that reports give them. */
export const slugsByName = Effect.fnUntraced(function* (kind: "bot" | "ultimate_weapon") {
  const definitions = yield* queryRows(
    Named,
    (sql) => sql`select name, slug from definitions.definition where kind = ${kind}`,
  )
  const slugs = new Map(definitions.map(({ name, slug }) => [name.toLowerCase(), slug]))
  const slugsOf: SlugsOf = (names) => [
    ...new Set(names.flatMap((name) => slugs.get(name.toLowerCase()) ?? [])),
  ]
  return slugsOf
})
