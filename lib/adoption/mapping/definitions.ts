import {
  type DefinitionKind,
  definitionKinds,
  type LevelledKind,
  levelledKinds,
  type ParameterKey,
  parameterUnits,
  unitKinds,
} from "../../definitions/registry.ts"
import type { DjangoTable } from "../source/django-tables.ts"
import type { SourceRow } from "../source/source.ts"
import type { Planned } from "../target/place.ts"
import { type Leftovers, originOf } from "./leftovers.ts"
import { pageUrlOf } from "./wiki-sections.ts"

/** What the site calls the tables and columns of a kind of definition. */
export interface KindNames {
  readonly kind: DefinitionKind
  readonly definitions: DjangoTable
  readonly progress: DjangoTable
  readonly slug: string
  readonly definitionId: string
}

export const kindNames: readonly KindNames[] = definitionKinds.map((kind) => {
  const names = {
    card: ["definitions_carddefinition", "player_state_playercard"],
    bot: ["definitions_botdefinition", "player_state_playerbot"],
    ultimate_weapon: ["definitions_ultimateweapondefinition", "player_state_playerultimateweapon"],
    guardian_chip: ["definitions_guardianchipdefinition", "player_state_playerguardianchip"],
  } as const
  const [definitions, progress] = names[kind]
  return {
    kind,
    definitions,
    progress,
    slug: `${kind}_slug`,
    definitionId: `${kind}_definition_id`,
  }
})

/** The same of the parameters of a kind that has levels. */
export interface LevelledNames {
  readonly kind: LevelledKind
  readonly definitions: DjangoTable
  readonly parameters: DjangoTable
  readonly levels: DjangoTable
  readonly progress: DjangoTable
  readonly parent: string
  readonly parentTable: DjangoTable
  readonly definitionId: string
}

export const levelledNames: readonly LevelledNames[] = [
  {
    kind: "bot",
    definitions: "definitions_botdefinition",
    parameters: "definitions_botparameterdefinition",
    levels: "definitions_botparameterlevel",
    progress: "player_state_playerbotparameter",
    parent: "player_bot_id",
    parentTable: "player_state_playerbot",
    definitionId: "bot_definition_id",
  },
  {
    kind: "ultimate_weapon",
    definitions: "definitions_ultimateweapondefinition",
    parameters: "definitions_ultimateweaponparameterdefinition",
    levels: "definitions_ultimateweaponparameterlevel",
    progress: "player_state_playerultimateweaponparameter",
    parent: "player_ultimate_weapon_id",
    parentTable: "player_state_playerultimateweapon",
    definitionId: "ultimate_weapon_definition_id",
  },
  {
    kind: "guardian_chip",
    definitions: "definitions_guardianchipdefinition",
    parameters: "definitions_guardianchipparameterdefinition",
    levels: "definitions_guardianchipparameterlevel",
    progress: "player_state_playerguardianchipparameter",
    parent: "player_guardian_chip_id",
    parentTable: "player_state_playerguardianchip",
    definitionId: "guardian_chip_definition_id",
  },
]

/** A definition or parameter of the site and its number here. */
export interface KnownDefinition {
  readonly id: string
  readonly kind: DefinitionKind
  readonly slug: string
}
export interface KnownParameter {
  readonly id: string
  readonly definition: KnownDefinition
  readonly key: ParameterKey
}

/** Numbers here by the numbers there. */
export type Ids = ReadonlyMap<string, string>

const isKey = (key: string): key is ParameterKey => Object.hasOwn(parameterUnits, key)

/** Whether a text is a key that parameters have here. */
export const isParameterKey = (key: string | null | undefined): key is ParameterKey =>
  typeof key === "string" && isKey(key)

const parseVersions: Readonly<Record<DefinitionKind, string>> = {
  card: "cards_list_v1",
  bot: "bots_v1",
  ultimate_weapon: "ultimate_weapons_v1",
  guardian_chip: "guardian_chips_v1",
}

/** The definitions of a kind. */
export const mapDefinitions = (
  { kind, definitions: table }: KindNames,
  rows: readonly SourceRow[],
  wikiIds: Ids,
  leftovers: Leftovers,
): readonly (Planned<"definition"> & Pick<KnownDefinition, "slug">)[] => {
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const slug = row.slug ?? ""
    const refuse = (why: string) => {
      leftovers.onlyKeep(table, row, why)
      return []
    }
    if (!/^[a-z0-9_]+$/.test(slug)) return refuse("its slug is none")
    if (seen.has(slug)) return refuse("another definition has its slug")
    seen.add(slug)
    if (row.name === null || row.name === "") return refuse("it has no name")
    const text = (column: string) => row[column] || null
    return {
      slug,
      from: originOf(table, row),
      row: {
        kind,
        slug,
        name: row.name ?? "",
        wiki_page_url: pageUrlOf({
          page_url: row.wiki_page_url ?? "",
          parse_version: parseVersions[kind],
        }),
        wiki_entity_id: row.wiki_entity_id ?? "",
        description: text("description"),
        rarity: text("rarity"),
        effect_raw: text("effect_raw"),
        unlock_text: text("unlock_text"),
        source_wikidata_id: wikiIds.get(row.source_wikidata_id ?? "") ?? null,
      },
    }
  })
}

/** The parameters of a kind. */
export const mapParameters = (
  { kind, parameters: table, definitionId }: LevelledNames,
  rows: readonly SourceRow[],
  definitions: ReadonlyMap<string, KnownDefinition>,
  leftovers: Leftovers,
): readonly (Planned<"parameter"> & Omit<KnownParameter, "id">)[] => {
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const refuse = (why: string) => {
      leftovers.onlyKeep(table, row, why)
      return []
    }
    const definition = definitions.get(row[definitionId] ?? "")
    if (definition === undefined) return refuse("its definition has no place here")
    if (!isParameterKey(row.key)) return refuse("the suite has no parameter of its key")
    const identity = JSON.stringify([definition.id, row.key])
    if (seen.has(identity)) return refuse("its definition has another parameter of its key")
    seen.add(identity)
    const unit = unitKinds.find((each) => each === row.unit_kind)
    if (unit === undefined) leftovers.alsoKeep(table, row, "the suite does not know its unit")
    return {
      definition,
      key: row.key,
      from: originOf(table, row),
      row: {
        definition_id: definition.id,
        key: row.key,
        kind,
        display_name: row.display_name ?? "",
        unit_kind: unit ?? "count",
      },
    }
  })
}

/** The levels of the parameters of a kind. */
export const mapLevels = (
  { kind, levels: table }: LevelledNames,
  rows: readonly SourceRow[],
  parameters: ReadonlyMap<string, KnownParameter>,
  wikiIds: Ids,
  leftovers: Leftovers,
): readonly Planned<"parameterLevel">[] => {
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const refuse = (why: string) => {
      leftovers.onlyKeep(table, row, why)
      return []
    }
    const parameter = parameters.get(row.parameter_definition_id ?? "")
    if (parameter === undefined) return refuse("its parameter has no place here")
    const { level, value_raw, cost_raw, currency } = row
    const identity = JSON.stringify([parameter.id, level])
    if (seen.has(identity)) return refuse("its parameter has the level twice")
    seen.add(identity)
    if (!isCount(level)) return refuse("its level is none")
    if (!value_raw || !cost_raw) return refuse("it has no value or no cost")
    if (currency !== levelledKinds[kind].currency) return refuse("its currency is not its kind's")
    return {
      from: originOf(table, row),
      row: {
        parameter_id: parameter.id,
        level,
        kind,
        value_raw,
        cost_raw,
        currency,
        source_wikidata_id: wikiIds.get(row.source_wikidata_id ?? "") ?? null,
      },
    }
  })
}

/** Whether a text is a whole number of at least 0 that an integer column takes. */
export const isCount = (text: string | null | undefined): text is string =>
  typeof text === "string" && /^\d{1,10}$/.test(text) && Number(text) <= 2_147_483_647

/** The boundaries of patches. Of two equal labels the later one gets its date behind it. */
export const mapPatchBoundaries = (
  rows: readonly SourceRow[],
  taken: ReadonlyMap<string, string>,
  leftovers: Leftovers,
): readonly Planned<"patchBoundary">[] => {
  const table = "definitions_patchboundary"
  const dates = new Set<string>()
  const labels = new Map(taken)
  const inOrder = rows.toSorted((a, b) =>
    (a.boundary_date ?? "") < (b.boundary_date ?? "") ? -1 : 1,
  )
  return inOrder.flatMap((row) => {
    const date = row.boundary_date ?? ""
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || dates.has(date)) {
      leftovers.onlyKeep(table, row, "another boundary has its date")
      return []
    }
    dates.add(date)
    const written = row.label ?? ""
    const owner = labels.get(written.toLowerCase())
    const isTwice = written !== "" && owner !== undefined && owner !== date
    const label = isTwice ? `${written} (${date})` : written
    if (isTwice) leftovers.alsoKeep(table, row, "an earlier boundary has its label")
    labels.set(label.toLowerCase(), date)
    return { from: originOf(table, row), row: { id: row.id ?? "", boundary_date: date, label } }
  })
}

/** The units, unknown suffixes of numbers among them. */
export const mapUnits = (
  rows: readonly SourceRow[],
  leftovers: Leftovers,
): readonly Planned<"unit">[] => {
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const name = row.name ?? ""
    if (seen.has(name)) {
      leftovers.onlyKeep("definitions_unit", row, "another unit has its name")
      return []
    }
    seen.add(name)
    return {
      from: originOf("definitions_unit", row),
      row: { id: row.id ?? "", name, symbol: row.symbol ?? "", kind: row.kind ?? "" },
    }
  })
}
