import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { queryRows } from "../database/query.ts"
import type { Adopter } from "./adopter.ts"
import {
  type Ids,
  type KnownDefinition,
  type KnownParameter,
  kindNames,
  levelledNames,
  mapDefinitions,
  mapLevels,
  mapParameters,
  mapPatchBoundaries,
  mapUnits,
} from "./mapping/definitions.ts"
import { parameterKeyOf } from "./mapping/parameter-progress.ts"
import { slugKey } from "./mapping/progress.ts"
import { mapWikiRows } from "./mapping/wiki-rows.ts"

/** Puts the history of the wiki in its place; the rows' numbers here by those there. */
const adoptWikiRows = Effect.fnUntraced(function* (adopter: Adopter) {
  const rows = yield* adopter.all("definitions_wikidata")
  const mapped = mapWikiRows(rows, adopter.source.keepsKeyOrder, adopter.leftovers)
  const ids = yield* adopter.place(
    "wikiRow",
    mapped.map(({ planned }) => planned),
  )
  return new Map(
    mapped.flatMap(({ members }, index) => members.map((id) => [id, ids[index] ?? ""] as const)),
  )
})

/** What is known of definitions and parameters once they have their places. */
export interface AdoptedDefinitions {
  /** By the site's table, then its number. */
  readonly definitions: ReadonlyMap<string, ReadonlyMap<string, KnownDefinition>>
  /** By kind and slug. */
  readonly bySlug: ReadonlyMap<string, KnownDefinition>
  /** By the site's table, then its number; null for one that has no place here. */
  readonly parameters: ReadonlyMap<string, ReadonlyMap<string, KnownParameter | null>>
  /** By kind, slug and key. */
  readonly parametersBySlug: ReadonlyMap<string, string>
}

const adoptKinds = Effect.fnUntraced(function* (adopter: Adopter, wikiIds: Ids) {
  const definitions = new Map<string, ReadonlyMap<string, KnownDefinition>>()
  for (const names of kindNames) {
    const rows = yield* adopter.all(names.definitions)
    const planned = mapDefinitions(names, rows, wikiIds, adopter.leftovers)
    const ids = yield* adopter.place("definition", planned)
    const known = planned.map(({ from, slug }, index) => {
      const definition: KnownDefinition = { id: ids[index] ?? "", kind: names.kind, slug }
      return [from.id, definition] as const
    })
    definitions.set(names.definitions, new Map(known))
  }
  return definitions
})

const adoptParameters = Effect.fnUntraced(function* (
  adopter: Adopter,
  definitions: AdoptedDefinitions["definitions"],
  wikiIds: Ids,
) {
  const parameters = new Map<string, ReadonlyMap<string, KnownParameter | null>>()
  for (const names of levelledNames) {
    const { leftovers } = adopter
    const owners = definitions.get(names.definitions) ?? new Map<string, KnownDefinition>()
    const rows = yield* adopter.all(names.parameters)
    const planned = mapParameters(names, rows, owners, leftovers)
    const ids = yield* adopter.place("parameter", planned)
    const known = new Map(
      planned.map(({ from, definition, key }, index): readonly [string, KnownParameter] => [
        from.id,
        { id: ids[index] ?? "", definition, key },
      ]),
    )
    const all = rows.map(({ id }) => [id ?? "", known.get(id ?? "") ?? null] as const)
    parameters.set(names.parameters, new Map(all))
    const levels = yield* adopter.all(names.levels)
    yield* adopter.place("parameterLevel", mapLevels(names, levels, known, wikiIds, leftovers))
  }
  return parameters
})

const storedLabels = queryRows(
  Schema.Struct({ date: Schema.String, label: Schema.String }),
  (sql) => sql`
    select boundary_date::text as date, lower(label) as label from definitions.patch_boundary
    where label <> ''`,
)

/** Puts the wiki's history, definitions, boundaries and units in their places. */
export const adoptDefinitions = Effect.fnUntraced(function* (adopter: Adopter) {
  const wikiIds = yield* adoptWikiRows(adopter)
  const definitions = yield* adoptKinds(adopter, wikiIds)
  const parameters = yield* adoptParameters(adopter, definitions, wikiIds)
  const labels = new Map((yield* storedLabels).map(({ date, label }) => [label, date]))
  const boundaries = yield* adopter.all("definitions_patchboundary")
  yield* adopter.place("patchBoundary", mapPatchBoundaries(boundaries, labels, adopter.leftovers))
  const units = yield* adopter.all("definitions_unit")
  yield* adopter.place("unit", mapUnits(units, adopter.leftovers))
  yield* adopter.settle
  const known = [...parameters.values()].flatMap((own) => [...own.values()])
  return {
    definitions,
    bySlug: new Map(
      [...definitions.values()].flatMap((own) =>
        [...own.values()].map((each) => [slugKey(each.kind, each.slug), each] as const),
      ),
    ),
    parameters,
    parametersBySlug: new Map(
      known.flatMap((parameter) => {
        if (parameter === null) return []
        const { definition, key, id } = parameter
        return [[parameterKeyOf(definition.kind, definition.slug, key), id] as const]
      }),
    ),
  } satisfies AdoptedDefinitions
})
