import { describe, expect, test } from "bun:test"
import * as Result from "effect/Result"
import type { Target } from "../../../lib/wiki/catalogue.ts"
import { readDocument } from "../../../lib/wiki/page/document.ts"
import { selectTables } from "../../../lib/wiki/tables/select-tables.ts"
import { heading, listedPage, newHeading, table, wikiPage, withKnownChips } from "../pages.ts"

const pages = {
  slots: listedPage("Cards"),
  cards_list: listedPage("Cards"),
  bots: listedPage("Golden_Bot"),
  guardian_chips: listedPage("Guardian"),
  ultimate_weapons: listedPage("Black_Hole"),
} as const

const select = (target: Target, content: string, tableIndexes: readonly number[] = []) => {
  const page = pages[target]
  return Result.flatMap(readDocument(page.url, wikiPage(content)), (document) =>
    selectTables(page, target, document, tableIndexes),
  )
}

/** Index, entity and number of the tables selected. */
const selected = (target: Target, content: string, tableIndexes?: readonly number[]) =>
  Result.getOrThrow(select(target, content, tableIndexes)).map(
    ({ table, entity, sourceSection }) => [
      table.index,
      entity?.slug ?? null,
      Number(/\d+$/.exec(sourceSection)?.[0]),
    ],
  )

const lab = table(["Level", "Time", "Cost", "Value"], ["1", "1d 2h", "5M", "-1"])
const plus = `<table><tr><th colspan="4">UW+ Cost Table</th></tr>
  <tr><th>Level</th><td>0</td><td>1</td><td>2</td></tr><tr><th>Cost</th><td>-</td><td>4</td><td>5</td></tr></table>`
const navigation = `<table><tr><th colspan="2">Upgrades</th></tr><tr><th>Attack</th><td>a • b</td></tr></table>`
const calculator = table(["Level/Duration", "1", "2"], ["40", "0,1", "0,2"])

describe("slots", () => {
  test("slots are the tables with Slots and a cost", () => {
    const content =
      table(["Name", "Cost"], ["a", "1"]) +
      table(["slots", "Gem Cost"], ["1", "0"]) +
      table(["Slots", "Unlock Cost"], ["1", "0"])
    expect(selected("slots", content)).toEqual([
      [1, null, 0],
      [2, null, 1],
    ])
  })

  test.each(["Slot", "Slot(s)", "Card Slots"])(
    "slots may be counted in a column called %s",
    (header) => {
      expect(selected("slots", table([header, "Gems"], ["1", "0"]))).toEqual([[0, null, 0]])
    },
  )

  test("slots are never simply the first table of a page", () => {
    const content = table(["Slots", "Price"], ["1", "0"]) + table(["b", "Cost"], ["1", "2"])
    const error = Result.getOrThrow(Result.flip(select("slots", content)))
    expect(error.message).toContain("looked for a table with the column Slots and one for its cost")
  })
})

describe("the card list", () => {
  const content =
    table(["Slots", "Cost"], ["1", "0"]) +
    heading(2, "List_of_Cards", "List of Cards") +
    heading(3, "Common") +
    table(["Name"], ["Damage"]) +
    heading(3, "Rare") +
    table(["Name"], ["Fortress"]) +
    heading(2, "More") +
    navigation

  test("the card list is every table of its section, numbered among those of the same name", () => {
    const sections = Result.getOrThrow(select("cards_list", content)).map(
      ({ sourceSection }) => sourceSection,
    )
    expect(sections).toEqual(["cards_list_common_0", "cards_list_rare_0"])
    const twice = content.replaceAll("Rare", "Common")
    expect(selected("cards_list", twice)).toEqual([
      [1, null, 0],
      [2, null, 1],
    ])
  })

  test("the card list may be under a heading below another section", () => {
    const nested = heading(2, "Cards") + newHeading(3, "List_of_Cards") + table(["Name"], ["a"])
    expect(selected("cards_list", nested)).toEqual([[0, null, 0]])
  })
})

describe("bots", () => {
  const own = table(["Level", "Cost", "Range"], ["1", "100", "22"])

  test("bots have their table under Cost, among laboratory tables", () => {
    const content =
      heading(2, "Upgrading") + lab + heading(3, "Cost") + own + lab + heading(2, "Labs") + lab
    expect(selected("bots", content)).toEqual([[1, "golden_bot", 0]])
  })

  test("bots take a section called Cost before a heading of that name", () => {
    const content = heading(3, "Cost") + own + heading(2, "Cost") + heading(3, "All") + own
    expect(selected("bots", content)).toEqual([[1, "golden_bot", 0]])
  })

  test("bots do not take a calculator below a deeper heading under Cost", () => {
    const content = heading(3, "Cost") + own + heading(5, "Calculator") + calculator
    expect(selected("bots", content)).toEqual([[0, "golden_bot", 0]])
  })

  test("bots are found by Level and Cost where the heading is another", () => {
    expect(selected("bots", heading(3, "Prices") + navigation + lab + own)).toEqual([
      [2, "golden_bot", 0],
    ])
  })
})

describe("guardian chips", () => {
  const selectedChips = (content: string) => selected("guardian_chips", withKnownChips(content))

  const upgrades = table(["Percentage", "Bits", "Cooldown (s)", "Bits"], ["1%", "0", "120", "0"])
  const drops = table(["Item", "Chance (%)"], ["Gems", "4"])

  test("guardian chips are one entity for each section of a chip, without drop tables", () => {
    const content =
      heading(2, "Overview") +
      table(["Chip", "Cooldown (Base)"], ["Ally", "120"]) +
      heading(2, "Chip_Upgrades") +
      heading(2, "Attack_Chip") +
      heading(3, "Upgrades") +
      upgrades +
      heading(2, "Fetch_Chip") +
      heading(3, "Drops") +
      drops +
      heading(3, "Upgrades") +
      upgrades +
      upgrades
    expect(selectedChips(content).slice(0, 3)).toEqual([
      [1, "attack", 0],
      [3, "fetch", 0],
      [4, "fetch", 1],
    ])
  })

  test("guardian chips may be under headings below one section", () => {
    const content = heading(2, "Chips") + heading(3, "Ally_Chip") + upgrades
    expect(selectedChips(content)[0]).toEqual([0, "ally", 0])
  })

  test("guardian chips are found whether their heading is a section's or below one", () => {
    const content =
      heading(2, "Ally_Chip") + upgrades + heading(2, "New") + heading(3, "Scout_Chip") + upgrades
    expect(selectedChips(content).slice(0, 2)).toEqual([
      [0, "ally", 0],
      [1, "scout", 0],
    ])
  })

  test("guardian chips belong to the nearest heading of a chip, not to the section above it", () => {
    const content = heading(2, "Ally_Chip") + upgrades + heading(3, "Attack_Chip") + upgrades
    expect(selectedChips(content).slice(0, 2)).toEqual([
      [0, "ally", 0],
      [1, "attack", 0],
    ])
  })

  test("guardian chips are refused where a known chip has no table", () => {
    const content = heading(2, "Ally_Chip") + upgrades
    const error = Result.getOrThrow(Result.flip(select("guardian_chips", content)))
    expect(error.message).toContain(
      "nothing under the headings Attack_Chip, Fetch_Chip, Bounty_Chip, Summon_Chip",
    )
  })

  test("guardian chips are refused under the bare name of another chip", () => {
    const content = withKnownChips(heading(2, "Ally_Chip") + heading(3, "Attack") + upgrades)
    const error = Result.getOrThrow(Result.flip(select("guardian_chips", content)))
    expect(error.message).toContain('table 0 is under the heading "Attack"')
  })

  test("guardian chips are refused where one has other tables only, since its columns were renamed", () => {
    const content = heading(2, "Ally_Chip") + upgrades + heading(2, "Scout_Chip") + drops
    const error = Result.getOrThrow(Result.flip(select("guardian_chips", content)))
    expect(error.message).toContain("in every section that has tables")
    expect(error.message).toContain("1  Scout_Chip: Item, Chance (%)")
  })

  test("guardian chips chosen by hand outside of a chip's section are named by their section", () => {
    const content = heading(2, "New", "New Things") + drops + heading(2, "Ally_Chip") + upgrades
    expect(selected("guardian_chips", content, [0, 1])).toEqual([
      [0, "new_things", 0],
      [1, "ally", 0],
    ])
  })
})

describe("a page that has more than one bot", () => {
  const own = table(["Level", "Cost", "Range"], ["1", "100", "22"])

  test("a page that has more than one bot is refused where tables are under several headings called Cost", () => {
    const content = heading(3, "Cost") + own + heading(3, "Cost_2", "Cost") + own
    const error = Result.getOrThrow(Result.flip(select("bots", content)))
    expect(error.message).toContain("tables under several headings, Cost and Cost_2")
  })

  test.each(["Amplify_Bot", "Upgrades_of_Amplify_Bot", "Black_Hole"])(
    "a page that has more than one bot is refused where the table is under the heading %s",
    (anchor) => {
      const error = Result.getOrThrow(Result.flip(select("bots", heading(2, anchor) + own)))
      expect(error.message).toContain("names something else than Golden Bot")
    },
  )

  test("a page that has more than one bot is read where the table is under its own name", () => {
    expect(selected("bots", heading(2, "Golden_Bot") + own)).toEqual([[0, "golden_bot", 0]])
  })
})

describe("ultimate weapons", () => {
  test.each([
    [["Size", "Stones<br>(Size)", "Duration", "Stone (Duration)"]],
    [["Bonus", "Stones(Bonus)", "Angle", "Stones(Angle)"]],
    [["Damage&nbsp;%", "Cost", "Cooldown", "Cost"]],
    [["Level", "Size", "Cost", "Cooldown", "Cost"]],
  ])("ultimate weapons are the tables of values and costs: %j", (headers) => {
    const own = table(headers, ["1", "2", "3", "4", "5"].slice(0, headers.length))
    const content = lab + plus + calculator + own + navigation + table(["Level", "Time", "Cost"])
    expect(selected("ultimate_weapons", content)).toEqual([[3, "black_hole", 0]])
  })
})

describe("a table that was closed too early", () => {
  const own = table(["Size", "Cost"], ["40m", "0"])
  const rest = table(["42m", "9"], ["44m", "17"])

  test("a table that was closed too early is refused where its rest begins with figures", () => {
    const content = heading(3, "Costs") + own + rest
    const error = Result.getOrThrow(Result.flip(select("ultimate_weapons", content)))
    expect(error.message).toContain(
      "table 1 below table 0 has figures for headers, 42m, 9: the table above was closed too early",
    )
  })

  test("a table of figures below another heading, or further down, is none of its business", () => {
    for (const content of [own + heading(3, "More") + rest, own + lab + rest])
      expect(selected("ultimate_weapons", heading(3, "Costs") + content)).toHaveLength(1)
  })
})

describe("a page without the table looked for", () => {
  test("a page without the table looked for is refused with a list of the tables it has", () => {
    const content =
      heading(2, "Labs") + lab + heading(3, "Plus", "Ultimate Weapon Plus") + calculator
    const error = Result.getOrThrow(Result.flip(select("ultimate_weapons", content)))
    expect(error).toMatchObject({
      _tag: "TableNotFound",
      page: "https://the-tower-idle-tower-defense.fandom.com/wiki/Black_Hole",
      target: "ultimate_weapons",
      tables: [
        { index: 0, heading: "Labs", headers: ["Level", "Time", "Cost", "Value"] },
        { index: 1, heading: "Ultimate Weapon Plus", headers: ["Level/Duration", "1", "2"] },
      ],
    })
    expect(error.message).toContain("1  Ultimate Weapon Plus: Level/Duration, 1, 2")
    expect(error.message).toContain("--table-index")
  })

  test.each(["slots", "cards_list", "bots", "guardian_chips", "ultimate_weapons"] as const)(
    "a page without the table looked for is refused for %s where it has no table at all",
    (target) => {
      const error = Result.getOrThrow(Result.flip(select(target, "<p>Under construction</p>")))
      expect(error._tag).toBe("TableNotFound")
      expect(error.message).toContain("The page has no tables.")
    },
  )
})

describe("tables chosen by index", () => {
  test("tables chosen by index replace those that the rule would choose, in document order", () => {
    const own = table(["Size", "Cost"], ["1", "2"])
    expect(selected("ultimate_weapons", own + lab + plus, [2, 1, 2])).toEqual([
      [1, "black_hole", 0],
      [2, "black_hole", 1],
    ])
  })

  test("tables chosen by index have the number that the rule's choice gives them", () => {
    const own = table(["Size", "Cost"], ["1", "2"])
    const other = table(["Radius"], ["1"])
    expect(selected("ultimate_weapons", own + own + other, [1])).toEqual([[1, "black_hole", 1]])
    expect(selected("ultimate_weapons", own + own + other, [1, 2])).toEqual([
      [1, "black_hole", 1],
      [2, "black_hole", 0],
    ])
  })

  test("tables chosen by index that the page does not have are named", () => {
    const error = Result.getOrThrow(Result.flip(select("bots", lab, [0, 7, -1])))
    expect(error).toMatchObject({ _tag: "TableIndexNotFound", indexes: [7, -1] })
    expect(error.message).toContain("0  (no heading): Level, Time, Cost, Value")
  })
})
