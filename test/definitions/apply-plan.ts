import type {
  StoredDefinition,
  StoredLevel,
  StoredParameter,
} from "../../lib/definitions/definition.ts"
import type { RebuildPlan } from "../../lib/definitions/difference.ts"

const path = (...keys: readonly (string | number)[]) => keys.join("/")

/** What the three tables hold once a plan is applied to them, its rows found by their keys. */
export function applyPlan(
  stored: readonly StoredDefinition[],
  plan: RebuildPlan,
): readonly StoredDefinition[] {
  const definitions = new Map<string, StoredDefinition>()
  const parameters = new Map<string, Map<string, StoredParameter>>()
  const levels = new Map<string, Map<number, StoredLevel>>()

  for (const definition of stored) {
    const place = path(definition.kind, definition.slug)
    definitions.set(place, definition)
    parameters.set(place, new Map(definition.parameters.map((own) => [own.key, own])))
    for (const { key, levels: own } of definition.parameters) {
      levels.set(path(place, key), new Map(own.map((level) => [level.level, level])))
    }
  }

  let id = 0
  for (const { change: _, sourceRowId: __, ...row } of plan.definitions) {
    definitions.set(path(row.kind, row.slug), { id: ++id, ...row, parameters: [] })
  }
  for (const { kind, slug, key, displayName, unitKind } of plan.parameters) {
    const place = path(kind, slug)
    const own = parameters.get(place) ?? new Map<string, StoredParameter>()
    parameters.set(place, own.set(key, { id: ++id, key, displayName, unitKind, levels: [] }))
  }
  for (const { kind, slug, key, level, valueRaw, costRaw, currency } of plan.levels) {
    const place = path(kind, slug, key)
    const own = levels.get(place) ?? new Map<number, StoredLevel>()
    levels.set(place, own.set(level, { id: ++id, level, valueRaw, costRaw, currency }))
  }
  for (const { kind, slug, key, level } of plan.deletedLevels) {
    levels.get(path(kind, slug, key))?.delete(level)
  }

  return [...definitions].map(([place, definition]) => ({
    ...definition,
    parameters: [...(parameters.get(place)?.values() ?? [])].map((parameter) => ({
      ...parameter,
      levels: [...(levels.get(path(place, parameter.key))?.values() ?? [])],
    })),
  }))
}
