import { type RebuildTarget, rebuildSources } from "../../lib/definitions/targets.ts"
import { targetRules } from "../../lib/wiki/catalogue.ts"
import type { LatestRow } from "../../lib/wiki/revisions/latest-rows.ts"

type LevelledTarget = Exclude<RebuildTarget, "cards">

const entityColumns = {
  bots: "Bot",
  guardians: "Guardian",
  ultimate_weapons: "Ultimate Weapon",
} as const satisfies Record<LevelledTarget, string>

interface Table {
  readonly entity: string
  readonly slug: string
  readonly headers: readonly string[]
  /** Cells in the order of the headers; a row's number is its level where no header says `Level`. */
  readonly cells: readonly (readonly string[])[]
  readonly firstId?: number
}

function rawRow(headers: readonly string[], cells: readonly string[]): Record<string, string> {
  return Object.fromEntries(headers.map((header, column) => [header, cells[column] ?? ""]))
}

/** The stored rows of one upgrade table. */
export function upgradeRows(target: LevelledTarget, table: Table): readonly LatestRow[] {
  const { entity, slug, headers, cells, firstId = 1 } = table
  return cells.map((row, index) => {
    const raw = { Level: String(index + 1), ...rawRow(headers, row) }
    return {
      id: firstId + index,
      pageUrl: `https://wiki.test/wiki/${slug}`,
      canonicalName: entity,
      entityId: `${slug}__level_${raw.Level}__star_none`,
      headers,
      rawRow: { ...raw, _wiki_entity_id: slug, [entityColumns[target]]: entity },
      pageRevision: null,
      sourceSection: `${target}_${slug}_table_0`,
      parseVersion: targetRules[rebuildSources[target].wikiTarget].parseVersion,
    }
  })
}

/** A stored row of the card list with these columns, in this order. */
export function cardRow(
  columns: Readonly<Record<string, string>>,
  label = "Rare",
  id = 1,
): LatestRow {
  const name = columns.Name ?? ""
  return {
    id,
    pageUrl: "https://wiki.test/wiki/Cards",
    canonicalName: name,
    entityId: name.toLowerCase().replaceAll(" ", "_"),
    headers: Object.keys(columns),
    rawRow: { ...columns, _wiki_table_label: label },
    pageRevision: null,
    sourceSection: "cards_list_rare_0",
    parseVersion: targetRules.cards_list.parseVersion,
  }
}

/** A bot with two levels, all of its cells filled. */
export const goldenBot = (): readonly LatestRow[] =>
  upgradeRows("bots", {
    entity: "Golden Bot",
    slug: "golden_bot",
    headers: ["Level", "Cost", "Duration", "Cooldown", "Bonus", "Range"],
    cells: [
      ["1", "100", "20.5", "117", "2.2", "22"],
      ["2", "140", "21.0", "114", "2.4", "24"],
    ],
    firstId: 100,
  })

/** A weapon whose three cost columns share one name. */
export const smartMissiles = (): readonly LatestRow[] =>
  upgradeRows("ultimate_weapons", {
    entity: "Smart Missiles",
    slug: "smart_missiles",
    headers: ["Damage", "Cost", "Quantity", "Cost__2", "Cooldown", "Cost__3"],
    cells: [
      ["10x", "0", "5#", "0", "180s", "0"],
      ["11x", "5", "6#", "4", "170s", "8"],
      ["13x", "11", "", "", "160s", "24"],
    ],
    firstId: 200,
  })

/** A chip whose header is misspelt, with units in other headers. */
export const allyChip = (): readonly LatestRow[] =>
  upgradeRows("guardians", {
    entity: "Ally",
    slug: "ally",
    headers: ["Recovery Amount", "Bits", "Cooldown (s)", "Bits__2", "Max Recovey", "Bits__3"],
    cells: [
      ["1%", "0", "120", "0", "1.1x", "0"],
      ["2%", "10", "119", "1", "1.2x", "1"],
    ],
    firstId: 300,
  })

export const cards = (): readonly LatestRow[] => [
  cardRow(
    { Name: "Coin Bonus", Description: "Coins x #.", "Lv. 1": "1.25", "Lv. 2": "1.5" },
    "Rare",
    1,
  ),
  cardRow({ Name: "Long Reach", Description: "Shoots further.", Effect: "+5m" }, "Common", 2),
]
