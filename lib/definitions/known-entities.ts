import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Target } from "../wiki/catalogue.ts"
import type { ScrapedPage } from "../wiki/scrape.ts"
import { DriftProblem, describeDrift } from "./drift.ts"
import { findEntity } from "./levelled-entity.ts"
import { rebuildSources } from "./targets.ts"

/** A page that somebody named is about something that the registry does not have. */
export class UnknownEntities extends Schema.TaggedError<UnknownEntities>()("UnknownEntities", {
  problems: Schema.Array(DriftProblem),
}) {
  override get message() {
    return [
      ...this.problems.map(describeDrift),
      "Nothing was stored: rows are kept for ever, and every rebuild would stop at these. Check the page's title, or add what the game has gained to lib/definitions/registry.ts first.",
    ].join("\n")
  }
}

const unknownOn = (target: Target, { pageUrl, tables }: ScrapedPage): readonly DriftProblem[] => {
  const source = Object.values(rebuildSources).find(({ wikiTarget }) => wikiTarget === target)
  if (source === undefined || source.kind === "card") return []
  const { kind } = source
  const rows = tables.flatMap((table) => table.rows)
  const slugs = new Set(rows.flatMap(({ rawRow }) => rawRow._wiki_entity_id ?? []))
  return [...slugs]
    .map((slug) => findEntity(kind, slug, pageUrl))
    .filter(Result.isFailure)
    .map(({ failure }) => failure)
}

/**
 * Fails for pages, read for one target, about entities that the registry does not have. The wiki's
 * own pages may have such: what the game has gained shows as drift. A page named by hand is more
 * likely a mistake.
 */
export const requireKnownEntities = (
  target: Target,
  pages: readonly ScrapedPage[],
): Effect.Effect<void, UnknownEntities> => {
  const problems = pages.flatMap((page) => unknownOn(target, page))
  return problems.length === 0 ? Effect.void : Effect.fail(new UnknownEntities({ problems }))
}
