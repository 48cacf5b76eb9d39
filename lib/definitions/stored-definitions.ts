import * as Schema from "effect/Schema"
import { queryRows, sqlFile } from "../database/query.ts"
import { currencies, type DefinitionKind, definitionKinds, unitKinds } from "./registry.ts"

const StoredLevel = Schema.Struct({
  id: Schema.Int,
  level: Schema.Int,
  valueRaw: Schema.String,
  costRaw: Schema.String,
  currency: Schema.Literals(currencies),
})

const StoredParameter = Schema.Struct({
  id: Schema.Int,
  key: Schema.String,
  displayName: Schema.String,
  unitKind: Schema.Literals(unitKinds),
  levels: Schema.Array(StoredLevel),
})

const StoredDefinition = Schema.Struct({
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

/** The definitions of these kinds as they stand in the database. */
export const loadDefinitions = (kinds: readonly DefinitionKind[]) =>
  queryRows(StoredDefinition, sqlFile("stored-definitions.sql", JSON.stringify(kinds)))
