import * as Arr from "effect/Array"
import * as Result from "effect/Result"
import type { LatestRow } from "../wiki/revisions/latest-rows.ts"
import { slug as slugOf } from "../wiki/tables/entity.ts"
import type { DefinitionDraft, Drafts } from "./definition.ts"
import type { DriftProblem } from "./drift.ts"
import { findEntity } from "./levelled-entity.ts"
import { numberRows } from "./levels.ts"
import { readLayouts } from "./parameter-columns.ts"
import { draftParameters } from "./parameters.ts"
import type { LevelledKind } from "./registry.ts"
import { type EntityRows, rowsByEntity } from "./rows-by-entity.ts"

const entityOf = (row: LatestRow) => row.rawRow._wiki_entity_id ?? slugOf(row.canonicalName)

/** An entity's definition, or all that is wrong with its rows: never half a definition. */
function draftEntity(
  kind: LevelledKind,
  { slug, page, rows }: EntityRows,
): Result.Result<DefinitionDraft, readonly DriftProblem[]> {
  return Result.gen(function* () {
    const entity = yield* Result.mapError(findEntity(kind, slug, page), Arr.of)
    const sourcesOf = yield* readLayouts(entity, rows)
    const numbered = yield* numberRows(entity, rows)
    const parameters = yield* draftParameters(entity, numbered, sourcesOf)
    const lowest = numbered[0]?.row ?? rows[0]
    return {
      kind,
      slug,
      name: lowest.canonicalName,
      wikiPageUrl: lowest.pageUrl,
      wikiEntityId: slug,
      description: null,
      rarity: null,
      effectRaw: null,
      unlockText: null,
      sourceRowId: lowest.id,
      parameters,
    }
  })
}

/** The definitions of a kind with levels, from the rows of its upgrade tables. */
export function draftLevelled(kind: LevelledKind, rows: readonly LatestRow[]): Drafts {
  const [drafts, failures] = Arr.partition(rowsByEntity(rows, entityOf), (entityRows) =>
    draftEntity(kind, entityRows),
  )
  return { drafts, problems: failures.flat() }
}
