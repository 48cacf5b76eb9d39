import * as Schema from "effect/Schema"
import type { DefinitionKind } from "../registry.ts"
import { currencies, definitionKinds, unitKinds } from "../registry.ts"

/**
 * What the open data consists of. The files are encoded with these schemas, and the JSON Schemas beside
 * them are generated from these, so that neither can say anything else than the other.
 */

const slug = Schema.String.check(Schema.isPattern(/^[a-z0-9_]+$/u))
const day = Schema.String.check(Schema.isPattern(/^\d{4}-\d{2}-\d{2}$/u))
const wholeNumber = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

const ValueUnit = Schema.Literals([...unitKinds, "metres"])
export type ValueUnit = typeof ValueUnit.Type

const Level = Schema.Struct({
  level: wholeNumber,
  value: Schema.String.annotate({ description: "The value as the wiki writes it" }),
  number: Schema.NullOr(Schema.Finite).annotate({
    description: "The number in it; null where it has none, or too many digits to be exact",
  }),
  unit: ValueUnit.annotate({ description: "What the number is measured in" }),
  cost: Schema.String.annotate({ description: "What the level costs, as the wiki writes it" }),
  cost_number: Schema.NullOr(wholeNumber).annotate({
    description: "The cost as a number; null where it is none, as for Unlock or MAX",
  }),
  currency: Schema.Literals(currencies),
})

const Parameter = Schema.Struct({
  key: slug,
  name: Schema.String,
  unit: ValueUnit.annotate({
    description: "The unit of values that do not show one of their own",
  }),
  levels: Schema.Array(Level),
})

const identity = {
  slug,
  name: Schema.String,
  page: Schema.String.annotate({ description: "The page of the wiki it is from" }),
}

const LevelledDefinition = Schema.Struct({ ...identity, parameters: Schema.Array(Parameter) })
export type LevelledDefinition = typeof LevelledDefinition.Type

const Card = Schema.Struct({
  ...identity,
  rarity: Schema.NullOr(Schema.String),
  description: Schema.NullOr(Schema.String),
  effect: Schema.NullOr(Schema.String).annotate({
    description: "What it does at each level, as the wiki writes it",
  }),
  unlock: Schema.NullOr(Schema.String),
})
export type Card = typeof Card.Type

/** One row of `levels.csv`. */
export const LevelRow = Schema.Struct({
  kind: Schema.Literals(definitionKinds),
  slug,
  parameter: slug,
  ...Level.fields,
}).annotate({
  title: "A row of levels.csv",
  description: "Cells of number columns are numbers; an empty one is null.",
})
export type LevelRow = typeof LevelRow.Type

const schemaPath = (name: string) => `schemas/${name}.schema.json`

const documentOf = <Fields extends Schema.Struct.Fields>(
  name: string,
  title: string,
  fields: Fields,
) => Schema.Struct({ $schema: Schema.Literal(schemaPath(name)), ...fields }).annotate({ title })

export const Cards = documentOf("cards", "The game's cards", { cards: Schema.Array(Card) })
export const Bots = documentOf("bots", "The game's bots and their upgrades", {
  bots: Schema.Array(LevelledDefinition),
})
export const UltimateWeapons = documentOf(
  "ultimate_weapons",
  "The game's ultimate weapons and their upgrades",
  { ultimate_weapons: Schema.Array(LevelledDefinition) },
)
export const GuardianChips = documentOf(
  "guardian_chips",
  "The game's guardian chips and their upgrades",
  { guardian_chips: Schema.Array(LevelledDefinition) },
)

const DataFile = Schema.Struct({
  // The next export removes a file that it lists no more: it must not name one that is elsewhere.
  path: Schema.String.check(
    Schema.isPattern(/^(?:schemas\/)?[a-z_]+(?:\.schema)?\.(?:json|csv)$/u),
  ),
  entries: Schema.NullOr(wholeNumber).annotate({
    description: "How many definitions or rows it has; null for a schema",
  }),
})

const Source = Schema.Struct({
  kind: Schema.Literals(definitionKinds),
  ...identity,
  revision: Schema.NullOr(Schema.Int).annotate({
    description: "The newest version of the page that contributed to it, where known",
  }),
  captured: Schema.NullOr(day).annotate({
    description: "The day (UTC) on which its newest part was first seen on the wiki",
  }),
})
export type Source = typeof Source.Type

/** What is in the export and where it comes from. */
export const Index = documentOf("index", "What is in this data, and where it comes from", {
  source: Schema.String,
  license: Schema.String,
  files: Schema.Array(DataFile),
  definitions: Schema.Array(Source),
})
export type Index = typeof Index.Type

/** Every file of the export that has a schema, by its name. */
export const documentSchemas = {
  index: Index,
  cards: Cards,
  bots: Bots,
  ultimate_weapons: UltimateWeapons,
  guardian_chips: GuardianChips,
  levels: LevelRow,
} as const

/** What the file of a kind is called. */
export const nameOfKind = {
  card: "cards",
  bot: "bots",
  ultimate_weapon: "ultimate_weapons",
  guardian_chip: "guardian_chips",
} as const satisfies Record<DefinitionKind, keyof typeof documentSchemas>

/** The JSON Schema of a file of the export. */
export const jsonSchemaOf = (schema: Schema.Constraint): object => {
  const { schema: root, definitions } = Schema.toJsonSchemaDocument(schema, {
    onExcessProperty: "error",
  })
  const named = Object.keys(definitions).length > 0 ? { $defs: definitions } : {}
  return { $schema: "https://json-schema.org/draft/2020-12/schema", ...root, ...named }
}
