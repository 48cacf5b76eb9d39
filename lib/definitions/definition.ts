import * as Schema from "effect/Schema"
import type { DriftProblem } from "./drift.ts"
import type { Currency, DefinitionKind, ParameterKey, UnitKind } from "./registry.ts"
import { currencies, definitionKinds, unitKinds } from "./registry.ts"

/** What a definition says about its entity, apart from its parameters. */
export interface DefinitionContent {
  readonly name: string
  readonly wikiPageUrl: string
  /** How the wiki rows name the entity: a levelled entity's slug, a card's entity id. */
  readonly wikiEntityId: string
  readonly description: string | null
  readonly rarity: string | null
  readonly effectRaw: string | null
  readonly unlockText: string | null
}

/** What a parameter says about itself, apart from its levels. */
export interface ParameterContent {
  readonly displayName: string
  readonly unitKind: UnitKind
}

/** What a level is worth and what reaching it costs, as the wiki writes them. */
export interface LevelContent {
  readonly valueRaw: string
  readonly costRaw: string
  readonly currency: Currency
}

/** A definition as the wiki rows have it. */
export interface DefinitionDraft extends DefinitionContent {
  readonly kind: DefinitionKind
  readonly slug: string
  /** The row the definition is taken from: of a levelled entity, the one of its lowest level. */
  readonly sourceRowId: number
  /** In the order of the wiki's table. */
  readonly parameters: readonly ParameterDraft[]
}

/** A parameter as the wiki rows have it, levels ascending. */
export interface ParameterDraft extends ParameterContent {
  readonly key: ParameterKey
  readonly levels: readonly LevelDraft[]
}

export interface LevelDraft extends LevelContent {
  readonly level: number
  /** The row the level is taken from; null where the registry supplies it. */
  readonly sourceRowId: number | null
}

/** What is made of wiki rows: definitions by slug, and what could not become one. */
export interface Drafts {
  readonly drafts: readonly DefinitionDraft[]
  readonly problems: readonly DriftProblem[]
}

const StoredLevel = Schema.Struct({
  id: Schema.Int,
  level: Schema.Int,
  valueRaw: Schema.String,
  costRaw: Schema.String,
  currency: Schema.Literals(currencies),
})

export type StoredLevel = typeof StoredLevel.Type

const StoredParameter = Schema.Struct({
  id: Schema.Int,
  // Any text: a stored parameter may have left the registry since.
  key: Schema.String,
  displayName: Schema.String,
  unitKind: Schema.Literals(unitKinds),
  levels: Schema.Array(StoredLevel),
})

export type StoredParameter = typeof StoredParameter.Type

/** A definition in the database, with its parameters and their levels. */
export const StoredDefinition = Schema.Struct({
  id: Schema.Int,
  kind: Schema.Literals(definitionKinds),
  slug: Schema.String,
  name: Schema.String,
  wikiPageUrl: Schema.String,
  wikiEntityId: Schema.String,
  description: Schema.NullOr(Schema.String),
  rarity: Schema.NullOr(Schema.String),
  effectRaw: Schema.NullOr(Schema.String),
  unlockText: Schema.NullOr(Schema.String),
  parameters: Schema.Array(StoredParameter),
})

export type StoredDefinition = typeof StoredDefinition.Type
