import { describe, expect, test } from "bun:test"
import * as Result from "effect/Result"
import { contentHash } from "../../lib/wiki/rows/content-hash.ts"
import { scrapePage } from "../../lib/wiki/scrape.ts"
import {
  bundledHtml,
  bundledPages,
  heading,
  listedPage,
  scrapeContent,
  scrapeError,
  table,
  withKnownChips,
} from "./pages.ts"

const bundled = async (title: string) => {
  const page = listedPage(title)
  return Result.getOrThrow(scrapePage(page, await bundledHtml(page)))
}

describe("the bundled pages", () => {
  test("the bundled pages yield the tables of every target and nothing else", async () => {
    const sections = await Promise.all(
      bundledPages.map(async ({ title }) =>
        (await bundled(title)).tables.map(({ sourceSection, rows }) => [
          sourceSection,
          rows.length,
        ]),
      ),
    )
    expect(sections.flat()).toEqual([
      ["cards_table_0", 20],
      ["cards_list_common_0", 8],
      ["cards_list_rare_0", 8],
      ["cards_list_epic_0", 8],
      ["bots_amplify_bot_table_0", 30],
      ["bots_flame_bot_table_0", 30],
      ["bots_thunder_bot_table_0", 20],
      ["bots_golden_bot_table_0", 30],
      ["guardian_chips_ally_table_0", 92],
      ["guardian_chips_attack_table_0", 91],
      ["guardian_chips_fetch_table_0", 61],
      ["guardian_chips_bounty_table_0", 100],
      ["guardian_chips_summon_table_0", 71],
      ["ultimate_weapons_chain_lightning_table_0", 32],
      ["ultimate_weapons_smart_missiles_table_0", 31],
      ["ultimate_weapons_death_wave_table_0", 31],
      ["ultimate_weapons_chrono_field_table_0", 36],
      ["ultimate_weapons_inner_land_mines_table_0", 31],
      ["ultimate_weapons_golden_tower_table_0", 39],
      ["ultimate_weapons_poison_swamp_table_0", 31],
      ["ultimate_weapons_black_hole_table_0", 24],
      ["ultimate_weapons_spotlight_table_0", 61],
    ])
  })

  test("the bundled pages tell each row's content, identity and hash", async () => {
    for (const { title } of bundledPages) {
      for (const { rows } of (await bundled(title)).tables) {
        expect(new Set(rows.map(({ entityId }) => entityId)).size).toBe(rows.length)
        for (const row of rows) expect(row.contentHash).toBe(contentHash(row.rawRow))
      }
    }
  })

  test("the bundled pages keep the order of columns and every cell as written", async () => {
    const [golden] = (await bundled("Golden_Tower")).tables
    expect(golden?.headers).toEqual([
      "Multiplier",
      "Stones (Multiplier)",
      "Duration",
      "Stones (Duration)",
      "Cooldown",
      "Stones (Cooldown)",
    ])
    expect(golden?.rows[0]?.rawRow).toEqual({
      ...{ Multiplier: "5.0×", "Stones (Multiplier)": "0", Duration: "15s" },
      ...{ "Stones (Duration)": "0", Cooldown: "300s", "Stones (Cooldown)": "0" },
      ...{ Level: "1", "Ultimate Weapon": "Golden Tower", _wiki_entity_id: "golden_tower" },
    })
  })

  test("the bundled pages tell their revision", async () => {
    expect((await bundled("Spotlight")).pageRevision).toBe(1015)
  })
})

describe("a page", () => {
  const own = table(["Level", "Cost", "Range"], ["1", "100", "22"])
  const lab = table(["Level", "Time", "Cost", "Value"], ["1", "1d", "5M", "-1"])

  test("a page whose table moves keeps the name and the content of its section", () => {
    const before = scrapeContent("Golden_Bot", own).tables
    const after = scrapeContent("Golden_Bot", heading(2, "Labs") + lab + own).tables
    expect(after).toEqual(before.map((moved) => ({ ...moved, tableIndex: 1 })))
  })

  test("a page has the revision that its frame tells", () => {
    expect(scrapeContent("Golden_Bot", own).pageRevision).toBe(77)
  })

  test("a page with the tables its maintainer names yields those", () => {
    const other = table(["Level", "Medals"], ["1", "100"])
    const named = scrapeContent("Golden_Bot", own + other, { tableIndexes: [1] })
    expect(named.isPartial).toBe(true)
    expect(
      named.tables.map(({ tableIndex, sourceSection }) => [tableIndex, sourceSection]),
    ).toEqual([[1, "bots_golden_bot_table_0"]])
  })

  test("a page without the wiki's content is refused, never read as an empty table", () => {
    const refused = scrapePage(listedPage("Golden_Bot"), `<html><body>${own}</body></html>`)
    expect(Result.getOrThrow(Result.flip(refused))[0]._tag).toBe("NotAWikiPage")
  })

  test("a page whose table has only sums is refused", () => {
    const error = scrapeError("Golden_Bot", table(["Level", "Cost", "Range"], ["Total", "5", "6"]))
    expect(error).toMatchObject({
      _tag: "TableNotFound",
      problem:
        "nothing to store for Golden Bot in table 0: no row has a name or level, and a value",
    })
  })

  test("a page is refused where one chip of several has no rows", () => {
    const headers = ["Percentage", "Bits"]
    const content =
      heading(2, "Attack_Chip") +
      table(headers, ["1%", "0"]) +
      heading(2, "Ally_Chip") +
      table(headers)
    expect(scrapeError("Guardian", withKnownChips(content)).message).toContain(
      "nothing to store for Ally in table 1",
    )
  })

  test("a page is refused where one table of cards of several shows pictures in place of names", () => {
    const headers = ["Card", "Description"]
    const content = (name: string, description: string) =>
      table(["Slots", "Gem Cost"], ["1", "0"]) +
      heading(2, "List_of_Cards") +
      table(headers, [name, description]) +
      table(headers, ["Coins", "More coins."])
    expect(scrapeContent("Cards", content("-", "-")).tables).toHaveLength(3)
    expect(scrapeError("Cards", content('<img alt="Damage">', "More damage.")).message).toContain(
      "nothing to store for cards_list in table 1: no row has a name or level, and a value",
    )
  })

  test("a page is refused where one of its targets has no table", () => {
    const error = scrapeError("Cards", table(["Slots", "Gem Cost"], ["1", "0"]))
    expect(error).toMatchObject({ _tag: "TableNotFound", target: "cards_list" })
  })
})
