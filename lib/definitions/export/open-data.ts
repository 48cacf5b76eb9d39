import * as Arr from "effect/Array"
import * as Order from "effect/Order"
import * as Schema from "effect/Schema"
import { costIn, numberIn } from "../../wiki/tables/cells.ts"
import type { StoredDefinition, StoredLevel, StoredParameter } from "../definition.ts"
import { unitOfNotation } from "../drafts/parameters.ts"
import { type DefinitionKind, definitionKinds } from "../registry.ts"
import type { Origin } from "../stored-definitions.ts"
import {
  Bots,
  type Card,
  Cards,
  documentSchemas,
  GuardianChips,
  Index,
  jsonSchemaOf,
  type LevelledDefinition,
  LevelRow,
  nameOfKind,
  UltimateWeapons,
  type ValueUnit,
} from "./documents.ts"
import { renderCsv, renderJson } from "./render.ts"

/** A file of the export: where it is in its folder, what is in it, and how many entries that are. */
export interface ExportedFile {
  readonly path: string
  readonly text: string
  /** Null for a schema. */
  readonly entries: number | null
}

const shownUnit = (value: string): ValueUnit | null =>
  unitOfNotation(value) ?? (/\d\s*m$/i.test(value) ? "metres" : null)

/** The parameter's unit; metres, which the registry does not know, where its values show no other. */
const unitOf = ({ levels, unitKind }: StoredParameter): ValueUnit => {
  const shown = new Set(levels.map(({ valueRaw }) => shownUnit(valueRaw)))
  shown.delete(null)
  return shown.size === 1 && shown.has("metres") ? "metres" : unitKind
}

const levelOf = (unit: ValueUnit, { level, ...written }: StoredLevel) => ({
  level,
  value: written.valueRaw,
  number: numberIn(written.valueRaw),
  unit: shownUnit(written.valueRaw) ?? unit,
  cost: written.costRaw,
  cost_number: costIn(written.costRaw),
  currency: written.currency,
})

const byKey = Order.mapInput(Order.String, ({ key }: StoredParameter) => key)

const identityOf = ({ slug, name, wikiPageUrl }: StoredDefinition) => ({
  ...{ slug, name, page: wikiPageUrl },
})

const parameterOf = (parameter: StoredParameter) => {
  const unit = unitOf(parameter)
  return {
    ...{ key: parameter.key, name: parameter.displayName, unit },
    levels: parameter.levels.map((level) => levelOf(unit, level)),
  }
}

const levelledOf = (definition: StoredDefinition): LevelledDefinition => ({
  ...identityOf(definition),
  parameters: Arr.sort(definition.parameters, byKey).map(parameterOf),
})

const cardOf = (definition: StoredDefinition): Card => ({
  ...identityOf(definition),
  ...{ rarity: definition.rarity, description: definition.description },
  ...{ effect: definition.effectRaw, unlock: definition.unlockText },
})

const levelRows = (definitions: readonly StoredDefinition[]): readonly LevelRow[] =>
  definitions.flatMap((definition) =>
    levelledOf(definition).parameters.flatMap(({ key, levels }) =>
      levels.map((level) => ({
        ...{ kind: definition.kind, slug: definition.slug, parameter: key },
        ...level,
      })),
    ),
  )

// By code point: databases sort by their own languages.
const inOrder = Order.combine(
  Order.mapInput(Order.String, ({ kind }: StoredDefinition) => kind),
  Order.mapInput(Order.String, ({ slug }: StoredDefinition) => slug),
)

const json = <Document, Encoded extends Schema.Json>(
  schema: Schema.Codec<Document, Encoded>,
  document: Document,
) => renderJson(Schema.encodeSync(schema)(document))

const pathOf = (kind: DefinitionKind) => `${nameOfKind[kind]}.json`

const dataFiles = (definitions: readonly StoredDefinition[]): readonly ExportedFile[] => {
  const of = (kind: DefinitionKind) => definitions.filter((definition) => definition.kind === kind)
  const levelled = (kind: DefinitionKind) => of(kind).map(levelledOf)
  const texts = {
    card: json(Cards, { $schema: "schemas/cards.schema.json", cards: of("card").map(cardOf) }),
    bot: json(Bots, { $schema: "schemas/bots.schema.json", bots: levelled("bot") }),
    ultimate_weapon: json(UltimateWeapons, {
      $schema: "schemas/ultimate_weapons.schema.json",
      ultimate_weapons: levelled("ultimate_weapon"),
    }),
    guardian_chip: json(GuardianChips, {
      $schema: "schemas/guardian_chips.schema.json",
      guardian_chips: levelled("guardian_chip"),
    }),
  }
  const rows = Schema.encodeSync(Schema.Array(LevelRow))(levelRows(definitions))
  return [
    ...definitionKinds.map((kind) => ({
      ...{ path: pathOf(kind), text: texts[kind], entries: of(kind).length },
    })),
    {
      path: "levels.csv",
      text: renderCsv(Object.keys(LevelRow.fields), rows),
      entries: rows.length,
    },
  ]
}

const schemaFiles: readonly ExportedFile[] = Object.entries(documentSchemas).map(
  ([name, schema]) => ({
    path: `schemas/${name}.schema.json`,
    text: `${JSON.stringify(jsonSchemaOf(schema), null, 2)}\n`,
    entries: null,
  }),
)

/**
 * The definitions as open data. Equal definitions give equal bytes: everything is sorted, and there is
 * no time in it but the day on which a definition's newest part was first seen on the wiki.
 */
export function openData(
  stored: readonly StoredDefinition[],
  origins: readonly Origin[],
): readonly ExportedFile[] {
  const definitions = Arr.sort(stored, inOrder)
  const originOf = new Map(origins.map((origin) => [`${origin.kind} ${origin.slug}`, origin]))
  const files = [...dataFiles(definitions), ...schemaFiles]
  const index: Index = {
    $schema: "schemas/index.schema.json",
    source: "https://the-tower-idle-tower-defense.fandom.com/",
    license: "CC-BY-SA-3.0",
    files: files.map(({ path, entries }) => ({ path, entries })),
    definitions: definitions.map((definition) => {
      const { kind, slug } = definition
      const { revision = null, captured = null } = originOf.get(`${kind} ${slug}`) ?? {}
      return { kind, ...identityOf(definition), revision, captured }
    }),
  }
  return [{ path: "index.json", text: json(Index, index), entries: definitions.length }, ...files]
}
