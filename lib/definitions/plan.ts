import { targetRules } from "../wiki/catalogue.ts"
import type { LatestRow } from "../wiki/revisions/latest-rows.ts"
import type { Drafts, StoredDefinition } from "./definition.ts"
import {
  type Change,
  type ChangeCounts,
  definitionDifference,
  joinChanges,
  type PlannedChanges,
  type RebuildPlan,
  type TargetSummary,
} from "./difference.ts"
import { draftCards } from "./drafts/cards.ts"
import { draftLevelled } from "./drafts/levelled.ts"
import { type DriftProblem, driftOfKind } from "./drift.ts"
import { type StoredOf, withoutLosses } from "./losses.ts"
import type { DefinitionKind } from "./registry.ts"
import { type RebuildTarget, rebuildSources } from "./targets.ts"

/** The rows that a target is built from, among those of any parse version. */
function ownRows(target: RebuildTarget, rows: readonly LatestRow[]): readonly LatestRow[] {
  const { parseVersion } = targetRules[rebuildSources[target].wikiTarget]
  return rows.filter((row) => row.parseVersion === parseVersion)
}

/**
 * The definitions of one target, by slug, from stored rows of any parse version in any order. None
 * at all of its own is drift: its capture failed, or has never been made.
 */
export function draftDefinitions(target: RebuildTarget, rows: readonly LatestRow[]): Drafts {
  const { kind, wikiTarget } = rebuildSources[target]
  const own = ownRows(target, rows)
  if (own.length === 0) {
    const expected = [`bun run fetch-wiki-data --target ${wikiTarget} --write`]
    return { drafts: [], problems: [driftOfKind(kind, "no-rows", { expected, found: [] })] }
  }
  return kind === "card" ? draftCards(own) : draftLevelled(kind, own)
}

interface TargetPlan {
  readonly changes: PlannedChanges
  readonly summary: TargetSummary
  readonly problems: readonly DriftProblem[]
}

const placeOf = ({ kind, slug }: { readonly kind: DefinitionKind; readonly slug: string }) =>
  `${kind}/${slug}`

function countChanges(
  planned: readonly { readonly change: Change }[],
  drafted: number,
): ChangeCounts {
  const created = planned.filter(({ change }) => change === "create").length
  return { created, updated: planned.length - created, unchanged: drafted - planned.length }
}

function planTarget(
  target: RebuildTarget,
  rows: readonly LatestRow[],
  storedOf: StoredOf,
  allowShrink: boolean,
): TargetPlan {
  const own = ownRows(target, rows)
  const drafted = draftDefinitions(target, own)
  const { drafts, problems } = withoutLosses(drafted, own, storedOf, allowShrink)
  const changes = joinChanges(drafts.map((draft) => definitionDifference(draft, storedOf(draft))))
  const parameters = drafts.flatMap((draft) => draft.parameters)
  const levels = parameters.flatMap((parameter) => parameter.levels)
  return {
    changes,
    problems,
    summary: {
      target,
      definitions: countChanges(changes.definitions, drafts.length),
      parameters: countChanges(changes.parameters, parameters.length),
      levels: {
        ...countChanges(changes.levels, levels.length),
        deleted: changes.deletedLevels.length,
      },
    },
  }
}

/**
 * Plans the rebuild of definitions from wiki rows against what is stored. Equal rows and equal
 * stored definitions give an equal plan, in whatever order they come. Definitions without rows are
 * left alone, and an entity whose rows have drifted is named in `drift` and otherwise left alone.
 *
 * @param rows the latest rows, not deprecated, of at least the targets' parse versions
 * @param stored the definitions of at least the targets' kinds
 */
export function planRebuild(
  targets: readonly RebuildTarget[],
  rows: readonly LatestRow[],
  stored: readonly StoredDefinition[],
  { allowShrink = false }: { readonly allowShrink?: boolean } = {},
): RebuildPlan {
  const byPlace = new Map(stored.map((definition) => [placeOf(definition), definition]))
  const storedOf: StoredOf = (draft) => byPlace.get(placeOf(draft))
  const plans = targets.map((target) => planTarget(target, rows, storedOf, allowShrink))
  return {
    ...joinChanges(plans.map(({ changes }) => changes)),
    targets: plans.map(({ summary }) => summary),
    drift: plans.flatMap(({ problems }) => problems),
  }
}
