import type {
  DefinitionContent,
  DefinitionDraft,
  LevelContent,
  ParameterContent,
  ParameterDraft,
  StoredDefinition,
  StoredParameter,
} from "./definition.ts"
import type { DriftProblem } from "./drift.ts"
import type { DefinitionKind, ParameterKey } from "./registry.ts"
import type { RebuildTarget } from "./targets.ts"

/** What has to be done to a row for it to be as the wiki has it. */
export type Change = "create" | "update"

/** A definition to create or update, found by kind and slug. */
export interface PlannedDefinition extends DefinitionContent {
  readonly change: Change
  readonly kind: DefinitionKind
  readonly slug: string
  readonly sourceRowId: number
}

/** A parameter to create or update, found by its definition and key. */
export interface PlannedParameter extends ParameterContent {
  readonly change: Change
  readonly kind: DefinitionKind
  readonly slug: string
  readonly key: ParameterKey
}

/** A level to create or update, found by its parameter and number. */
export interface PlannedLevel extends LevelContent {
  readonly change: Change
  readonly kind: DefinitionKind
  readonly slug: string
  readonly key: ParameterKey
  readonly level: number
  readonly sourceRowId: number | null
}

/** A stored level the wiki no longer has. */
export interface DeletedLevel {
  readonly id: number
  readonly kind: DefinitionKind
  readonly slug: string
  readonly key: ParameterKey
  readonly level: number
}

/** Rows to write, as flat lists: what a set-based statement takes. */
export interface PlannedChanges {
  readonly definitions: readonly PlannedDefinition[]
  readonly parameters: readonly PlannedParameter[]
  readonly levels: readonly PlannedLevel[]
  readonly deletedLevels: readonly DeletedLevel[]
}

export interface ChangeCounts {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
}

export interface LevelCounts extends ChangeCounts {
  readonly deleted: number
}

/** The counts of what a rebuild of one target does. */
export interface TargetSummary {
  readonly target: RebuildTarget
  readonly definitions: ChangeCounts
  readonly parameters: ChangeCounts
  readonly levels: LevelCounts
}

/** All that a rebuild would do, and all that it cannot do because the wiki drifted. */
export interface RebuildPlan extends PlannedChanges {
  readonly targets: readonly TargetSummary[]
  readonly drift: readonly DriftProblem[]
}

/** What is compared. Which row it came from is written with a change, and is no change by itself. */
const definitionFields: readonly (keyof DefinitionContent)[] = [
  "name",
  "wikiPageUrl",
  "wikiEntityId",
  "description",
  "rarity",
  "effectRaw",
  "unlockText",
]
const parameterFields: readonly (keyof ParameterContent)[] = ["displayName", "unitKind"]
const levelFields: readonly (keyof LevelContent)[] = ["valueRaw", "costRaw", "currency"]

/** The row with the change that writes it, or nothing where the stored row already says the same. */
function toWrite<Field extends string, Row extends Readonly<Record<Field, unknown>>>(
  row: Row,
  fields: readonly Field[],
  stored: Readonly<Record<Field, unknown>> | undefined,
): readonly (Row & { readonly change: Change })[] {
  if (stored === undefined) return [{ ...row, change: "create" }]
  const same = fields.every((field) => row[field] === stored[field])
  return same ? [] : [{ ...row, change: "update" }]
}

function parameterDifference(
  { kind, slug }: DefinitionDraft,
  { levels, ...parameter }: ParameterDraft,
  stored: StoredParameter | undefined,
): PlannedChanges {
  const place = { kind, slug, key: parameter.key }
  const drafted = new Set(levels.map(({ level }) => level))
  const storedLevels = new Map(stored?.levels.map((level) => [level.level, level]))
  return {
    definitions: [],
    parameters: toWrite({ ...place, ...parameter }, parameterFields, stored),
    levels: levels.flatMap((level) =>
      toWrite({ ...place, ...level }, levelFields, storedLevels.get(level.level)),
    ),
    deletedLevels: [...storedLevels.values()]
      .filter(({ level }) => !drafted.has(level))
      .toSorted((a, b) => a.level - b.level)
      .map(({ id, level }) => ({ id, ...place, level })),
  }
}

/** Changes one after the other, as one. */
export function joinChanges(changes: readonly PlannedChanges[]): PlannedChanges {
  return {
    definitions: changes.flatMap(({ definitions }) => definitions),
    parameters: changes.flatMap(({ parameters }) => parameters),
    levels: changes.flatMap(({ levels }) => levels),
    deletedLevels: changes.flatMap(({ deletedLevels }) => deletedLevels),
  }
}

/**
 * What has to change for a definition to be stored as drafted. The levels of a drafted parameter
 * are made equal to the draft's, surplus ones deleted; stored parameters that the draft does not
 * have are left as they are, since players may have levels in them.
 */
export function definitionDifference(
  draft: DefinitionDraft,
  stored: StoredDefinition | undefined,
): PlannedChanges {
  const { parameters, ...definition } = draft
  const storedParameters = new Map(
    stored?.parameters.map((parameter) => [parameter.key, parameter]),
  )
  const own: PlannedChanges = {
    definitions: toWrite(definition, definitionFields, stored),
    parameters: [],
    levels: [],
    deletedLevels: [],
  }
  return joinChanges([
    own,
    ...parameters.map((parameter) =>
      parameterDifference(draft, parameter, storedParameters.get(parameter.key)),
    ),
  ])
}
