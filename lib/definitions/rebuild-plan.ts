import type { DefinitionContent, LevelContent, ParameterContent } from "./definition.ts"
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

/** What a rebuild of one target comes to. */
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
