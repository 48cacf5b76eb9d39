import { type Target, targetRules } from "../wiki/catalogue.ts"
import type { DefinitionKind } from "./registry.ts"

/** What can be rebuilt, in the order it is planned and reported. */
export const rebuildTargetNames = ["cards", "bots", "guardians", "ultimate_weapons"] as const

export type RebuildTarget = (typeof rebuildTargetNames)[number]

/** The kind a target builds, and the capture it builds it from. */
export interface RebuildSource {
  readonly kind: DefinitionKind
  readonly wikiTarget: Target
}

export const rebuildSources: Readonly<Record<RebuildTarget, RebuildSource>> = {
  cards: { kind: "card", wikiTarget: "cards_list" },
  bots: { kind: "bot", wikiTarget: "bots" },
  guardians: { kind: "guardian_chip", wikiTarget: "guardian_chips" },
  ultimate_weapons: { kind: "ultimate_weapon", wikiTarget: "ultimate_weapons" },
}

/** The targets of a `--target` choice. */
export function rebuildTargets(choice: RebuildTarget | "all"): readonly RebuildTarget[] {
  return choice === "all" ? rebuildTargetNames : [choice]
}

/** The parse versions of the wiki rows that these targets are built from. */
export function parseVersionsOf(targets: readonly RebuildTarget[]): readonly string[] {
  return targets.map((target) => targetRules[rebuildSources[target].wikiTarget].parseVersion)
}

/** The parts of the wiki that these targets are built from; cards include their slots. */
export const wikiTargetsOf = (targets: readonly RebuildTarget[]): readonly Target[] =>
  targets.flatMap((target) =>
    target === "cards" ? (["slots", "cards_list"] as const) : rebuildSources[target].wikiTarget,
  )
