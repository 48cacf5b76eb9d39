import type { StoredDefinition } from "../../lib/definitions/definition.ts"
import type { RebuildPlan } from "../../lib/definitions/difference.ts"

/** The definitions that a first rebuild stores by its plan. */
export function storedBy(plan: RebuildPlan): readonly StoredDefinition[] {
  let id = 0
  return plan.definitions.map(({ change: _, sourceRowId: __, ...definition }) => ({
    id: ++id,
    ...definition,
    parameters: plan.parameters
      .filter(({ kind, slug }) => kind === definition.kind && slug === definition.slug)
      .map(({ kind, slug, key, displayName, unitKind }) => ({
        ...{ id: ++id, key, displayName, unitKind },
        levels: plan.levels
          .filter((level) => level.kind === kind && level.slug === slug && level.key === key)
          .map(({ level, valueRaw, costRaw, currency }) => ({
            ...{ id: ++id, level, valueRaw, costRaw, currency },
          })),
      })),
  }))
}
