import { targetRules } from "../wiki/catalogue.ts"
import type { LatestRow } from "../wiki/revisions/latest-rows.ts"
import { draftCards } from "./cards.ts"
import type { Drafts } from "./definition.ts"
import { draftLevelled } from "./levelled.ts"
import { type RebuildTarget, rebuildSources } from "./targets.ts"

/**
 * The definitions of one target, by slug, from stored rows of any parse version in any order. None
 * at all of its own is drift: its capture failed, or has never been made.
 */
export function draftDefinitions(target: RebuildTarget, rows: readonly LatestRow[]): Drafts {
  const { kind, wikiTarget } = rebuildSources[target]
  const { parseVersion } = targetRules[wikiTarget]
  const own = rows.filter((row) => row.parseVersion === parseVersion)
  if (own.length === 0) {
    const expected = [`bun run fetch-wiki-data --target ${wikiTarget} --write`]
    const nowhere = { entity: null, page: null, header: null }
    return { drafts: [], problems: [{ reason: "no-rows", kind, ...nowhere, expected, found: [] }] }
  }
  return kind === "card" ? draftCards(own) : draftLevelled(kind, own)
}
