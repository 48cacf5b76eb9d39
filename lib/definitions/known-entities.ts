import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Target } from "../wiki/catalogue.ts"
import type { ScrapedPage } from "../wiki/scrape.ts"
import { findEntity } from "./drafts/levelled-entity.ts"
import { DriftProblem, describeDrift } from "./drift.ts"
import { rebuildSources } from "./targets.ts"

/** A page named by hand is about something that the registry does not have. */
export class UnknownEntities extends Schema.TaggedError<UnknownEntities>()("UnknownEntities", {
  problems: Schema.Array(DriftProblem),
}) {
  override get message() {
    return [
      ...this.problems.map(describeDrift),
      "Nothing was stored: rows are kept forever, and every rebuild would stop at these. Check the page's title, or add what the game has gained to lib/definitions/registry.ts first.",
    ].join("\n")
  }
}

const unknownOn = (
  target: Target,
  { pageUrl, pageRevision, tables }: ScrapedPage,
): readonly DriftProblem[] => {
  const source = Object.values(rebuildSources).find(({ wikiTarget }) => wikiTarget === target)
  if (source === undefined || source.kind === "card") return []
  const { kind } = source
  const found = new Map(
    tables.flatMap(({ sourceSection, rows }) =>
      rows.flatMap(({ rawRow: { _wiki_entity_id: slug } }) =>
        slug === undefined ? [] : [[slug, sourceSection] as const],
      ),
    ),
  )
  return [...found]
    .map(([slug, table]) =>
      findEntity({ kind, slug, page: pageUrl, revision: pageRevision, table }),
    )
    .filter(Result.isFailure)
    .map(({ failure }) => failure)
}

/**
 * Fails for pages, read for one target, about entities that the registry does not have. On the
 * wiki's own pages such an entity is new to the game and shows as drift; a page named by hand is
 * more likely a mistake.
 */
export const requireKnownEntities = (
  target: Target,
  pages: readonly ScrapedPage[],
): Effect.Effect<void, UnknownEntities> => {
  const problems = pages.flatMap((page) => unknownOn(target, page))
  return problems.length === 0 ? Effect.void : Effect.fail(new UnknownEntities({ problems }))
}
