import * as Arr from "effect/Array"
import * as Result from "effect/Result"
import { catalogue } from "../../wiki/catalogue.ts"
import type { LatestRow } from "../../wiki/revisions/latest-rows.ts"
import { slug as slugOf } from "../../wiki/tables/entity.ts"
import type { DefinitionDraft, Drafts } from "../definition.ts"
import { type DriftProblem, driftOf } from "../drift.ts"
import { type LevelledKind, levelledKinds } from "../registry.ts"
import { findEntity } from "./levelled-entity.ts"
import { numberRows } from "./levels.ts"
import { readLayouts } from "./parameter-columns.ts"
import { draftParameters } from "./parameters.ts"
import { type EntityRows, rowsByEntity } from "./rows-by-entity.ts"

const entityOf = (row: LatestRow) => row.rawRow._wiki_entity_id ?? slugOf(row.canonicalName)

/** An entity's definition, or all that is wrong with its rows: never half a definition. */
function draftEntity(
  kind: LevelledKind,
  { rows, ...place }: EntityRows,
): Result.Result<DefinitionDraft, readonly DriftProblem[]> {
  return Result.gen(function* () {
    const entity = yield* Result.mapError(findEntity({ kind, ...place }), Arr.of)
    const sourcesOf = yield* readLayouts(entity, rows)
    const numbered = yield* numberRows(entity, rows)
    const parameters = yield* draftParameters(entity, numbered, sourcesOf)
    const lowest = numbered[0]?.row ?? rows[0]
    return {
      kind,
      slug: place.slug,
      name: lowest.canonicalName,
      wikiPageUrl: lowest.pageUrl,
      wikiEntityId: place.slug,
      description: null,
      rarity: null,
      effectRaw: null,
      unlockText: null,
      sourceRowId: lowest.id,
      parameters,
    }
  })
}

/** Whether an address is that of one of the catalogue's pages, or of an alternative to one. */
const isListed = (page: string) =>
  catalogue.some(({ url, alternative }) => url === page || alternative?.url === page)

/**
 * Entities whose table is missing on a page of the catalogue that has the tables of others. A page
 * named by hand may have fewer.
 */
function missingEntities(
  kind: LevelledKind,
  present: readonly EntityRows[],
): readonly DriftProblem[] {
  const shared = present.find(({ page }) => isListed(page))
  if (shared === undefined) return []
  const { page, revision } = shared
  const slugs = new Set(present.map(({ slug }) => slug))
  return levelledKinds[kind].onSharedPage
    .filter((slug) => !slugs.has(slug))
    .map((slug) =>
      driftOf({ kind, slug, page, revision, table: null }, "missing-entity", {
        expected: ["its table"],
      }),
    )
}

/** The definitions of a kind with levels, from the rows of its upgrade tables. */
export function draftLevelled(kind: LevelledKind, rows: readonly LatestRow[]): Drafts {
  const entities = rowsByEntity(rows, entityOf)
  const [drafts, failures] = Arr.partition(entities, (entityRows) => draftEntity(kind, entityRows))
  return { drafts, problems: [...failures.flat(), ...missingEntities(kind, entities)] }
}
