import { describe, expect, test } from "bun:test"
import { DefinitionDrift, describeDrift } from "../../lib/definitions/drift.ts"
import { draftDefinitions } from "../../lib/definitions/plan.ts"
import type { RebuildTarget } from "../../lib/definitions/targets.ts"
import type { LatestRow } from "../../lib/wiki/revisions/latest-rows.ts"
import { allyChip, cardRow, goldenBot, smartMissiles, upgradeRows } from "./wiki-rows.ts"

const renameHeader = (rows: readonly LatestRow[], from: string, to: string): readonly LatestRow[] =>
  rows.map(({ rawRow: { [from]: cell = "", ...others }, ...row }) => ({
    ...row,
    headers: row.headers.map((header) => (header === from ? to : header)),
    rawRow: { ...others, [to]: cell },
  }))

const dropHeader = (rows: readonly LatestRow[], dropped: string): readonly LatestRow[] =>
  rows.map(({ rawRow: { [dropped]: _, ...rawRow }, ...row }) => ({
    ...row,
    headers: row.headers.filter((header) => header !== dropped),
    rawRow,
  }))

const thunderBot = () =>
  upgradeRows("bots", {
    entity: "Thunder Bot",
    slug: "thunder_bot",
    headers: ["Level", "Cost", "Duration", "Cooldown", "Linger", "Range"],
    cells: [["1", "100", "5.5", "117", "23%", "28"]],
  })

/** The sentences about rows, after a check that the drifted entity gave no draft. */
function drift(target: RebuildTarget, rows: readonly LatestRow[]): readonly string[] {
  const { drafts, problems } = draftDefinitions(target, rows)
  expect(drafts).toEqual([])
  return problems.map(describeDrift)
}

describe("drift", () => {
  test("drift of a renamed header names it and the headers expected", () => {
    expect(drift("bots", renameHeader(goldenBot(), "Bonus", "Coin Bonus"))).toEqual([
      'bot golden_bot, https://wiki.test/wiki/golden_bot, table bots_golden_bot_table_0: header "Coin Bonus" is neither a parameter nor a cost; expected "Duration", "Cooldown", "Bonus", "Range"',
      'bot golden_bot, https://wiki.test/wiki/golden_bot, table bots_golden_bot_table_0: no header "Bonus" among "Duration", "Cooldown", "Coin Bonus", "Range"',
    ])
  })

  test("drift of a missing cost column names the value without one", () => {
    expect(drift("ultimate_weapons", dropHeader(smartMissiles(), "Cost__2"))).toEqual([
      'ultimate weapon smart_missiles, https://wiki.test/wiki/smart_missiles, table ultimate_weapons_smart_missiles_table_0: no cost column for "Quantity" among "Damage", "Quantity", "Cooldown", "Cost", "Cost__3"; expected one of "cost", "stone", "stones", "stones (quantity)"',
    ])
  })

  test("drift of an unknown bot names the known ones", () => {
    const rows = upgradeRows("bots", {
      entity: "Plasma Bot",
      slug: "plasma_bot",
      headers: ["Level", "Cost", "Heat"],
      cells: [
        ["1", "100", "5"],
        ["2", "140", "6"],
      ],
    })
    expect(drift("bots", rows)).toEqual([
      'bot plasma_bot, https://wiki.test/wiki/plasma_bot, table bots_plasma_bot_table_0: not in the registry, which has "amplify_bot", "bot_bot", "flame_bot", "golden_bot", "thunder_bot"',
    ])
  })

  test("drift of an extra parameter states both counts", () => {
    const rows = goldenBot().map((row) => ({
      ...row,
      headers: [...row.headers, "Charges"],
      rawRow: { ...row.rawRow, Charges: "1" },
    }))
    expect(drift("bots", rows)).toContain(
      'bot golden_bot, https://wiki.test/wiki/golden_bot, table bots_golden_bot_table_0: 5 parameters ("Duration", "Cooldown", "Bonus", "Range", "Charges"), expected 4 ("Duration", "Cooldown", "Bonus", "Range")',
    )
  })

  test("drift of rows from different tables lists the headers of both", () => {
    const [first, ...others] = goldenBot()
    const rows = [
      ...renameHeader(others, "Bonus", "Coins"),
      ...(first === undefined ? [] : [first]),
    ]
    expect(drift("bots", rows)).toEqual([
      "bot golden_bot, https://wiki.test/wiki/golden_bot, table bots_golden_bot_table_0: its rows have different headers: Level, Cost, Duration, Cooldown, Bonus, Range against Level, Cost, Duration, Cooldown, Coins, Range",
    ])
  })

  test("drift of a counted level that repeats the one before names both", () => {
    const [first, second] = [
      ["10x", "0", "5#", "0", "180s", "0"],
      ["11x", "5", "6#", "4", "170s", "8"],
    ] as const
    const rows = upgradeRows("ultimate_weapons", {
      entity: "Smart Missiles",
      slug: "smart_missiles",
      headers: ["Damage", "Cost", "Quantity", "Cost__2", "Cooldown", "Cost__3"],
      cells: [first, second, second],
    })
    expect(drift("ultimate_weapons", rows)).toEqual([
      "ultimate weapon smart_missiles, https://wiki.test/wiki/smart_missiles, table ultimate_weapons_smart_missiles_table_0: the rows counted as level 2 and 3 say the same; expected each to differ",
    ])
  })

  test("drift of a level that two rows have names both rows", () => {
    const again = goldenBot().map((row) => ({
      ...row,
      id: row.id + 50,
      sourceSection: "bots_golden_bot_table_1",
    }))
    expect(drift("bots", [...again, ...goldenBot()])).toEqual([
      "bot golden_bot, https://wiki.test/wiki/golden_bot, table bots_golden_bot_table_0, bots_golden_bot_table_1: level 1 in rows 100 (bots_golden_bot_table_0) and 150 (bots_golden_bot_table_1), 2 in rows 101 (bots_golden_bot_table_0) and 151 (bots_golden_bot_table_1); expected one row for each",
    ])
  })

  test.each([["one"], ["-1"], ["1.5"], [""], ["99999999999"]])(
    "a row whose level is %p is drift",
    (level) => {
      const rows = allyChip().map((row) => ({ ...row, rawRow: { ...row.rawRow, Level: level } }))
      expect(drift("guardians", rows)).toEqual([
        `guardian chip ally, https://wiki.test/wiki/ally, table guardians_ally_table_0: level "${level}" in row 300 (guardians_ally_table_0), "${level}" in row 301 (guardians_ally_table_0); expected whole numbers`,
      ])
    },
  )

  test("drift in many rows of a table names the first of them", () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      cardRow({ Name: "Nuke", Effect: "1" }, "", index),
    )
    expect(drift("cards", many)).toEqual([
      "card nuke, https://wiki.test/wiki/Cards, table cards_list_rare_0: in more than one row: 0 (cards_list_rare_0), 1 (cards_list_rare_0), 2 (cards_list_rare_0) and 6 more; expected one",
    ])
  })

  test("a parameter whose column is empty is drift", () => {
    const rows = allyChip().map((row) => ({ ...row, rawRow: { ...row.rawRow, Bits: "" } }))
    expect(drift("guardians", rows)).toEqual([
      'guardian chip ally, https://wiki.test/wiki/ally, table guardians_ally_table_0: no row has both a value and a cost for "Recovery Amount"; expected one',
    ])
  })

  const goldenBotCell = (column: string, text: string) =>
    goldenBot().map((row, index) =>
      index === 1 ? { ...row, pageRevision: 4711, rawRow: { ...row.rawRow, [column]: text } } : row,
    )

  test.each([
    "26 Labs Two labs.",
    "Expression error: Unexpected < operator.",
    "Template:Range",
    "24 [citation needed]",
    "N/A",
    "???",
    "1,2345",
    "Total of all",
    "24-26",
    "24 26",
  ])("a cell that says %j where a value belongs is named with page, row and column", (text) => {
    expect(drift("bots", goldenBotCell("Range", text))).toEqual([
      `bot golden_bot, https://wiki.test/wiki/golden_bot (revision 4711), table bots_golden_bot_table_0, row 2, column Range: "${text}" is not a value; expected a number with its unit, such as 20s, x1.05 or 14,052`,
    ])
  })

  test.each(["Total", "140 Medals", "1.5", "x140", "N/A", "140 180", "Freebie"])(
    "a cell that says %j where a cost belongs is named with page, row and column",
    (text) => {
      expect(drift("bots", goldenBotCell("Cost", text))).toEqual([
        `bot golden_bot, https://wiki.test/wiki/golden_bot (revision 4711), table bots_golden_bot_table_0, row 2, column Cost: "${text}" is not a cost; expected a whole number, Free, Unlock or MAX`,
      ])
    },
  )

  test("a cell problem says where it is in fields of its own", () => {
    const [problem] = draftDefinitions("bots", goldenBotCell("Range", "24 Labs")).problems
    expect(problem).toMatchObject({
      reason: "not-a-value",
      kind: "bot",
      entity: "golden_bot",
      page: "https://wiki.test/wiki/golden_bot",
      revision: 4711,
      table: "bots_golden_bot_table_0",
      row: "2",
      column: "Range",
      found: ["24 Labs"],
    })
  })

  test("a cell problem is placed in the page version of its own row, not in a newer one", () => {
    const rows = goldenBotCell("Range", "24 Labs").map((row, index) =>
      index === 0 ? { ...row, pageRevision: 9999 } : row,
    )
    expect(draftDefinitions("bots", rows).problems).toMatchObject([{ row: "2", revision: 4711 }])
  })

  test("a misplaced cost is placed in the page version of its own row, not in a newer one", () => {
    const rows = goldenBotCell("Cost", "Unlock").map((row, index) =>
      index === 0 ? { ...row, pageRevision: 9999 } : row,
    )
    const { problems } = draftDefinitions("bots", rows)
    expect(new Set(problems.map(({ row, revision }) => `${row} ${revision}`))).toEqual(
      new Set(["2 4711"]),
    )
  })

  test("text in a column without a header is drift, since a cell too many may have moved the others", () => {
    const rows = goldenBot().map((row, index) => ({
      ...row,
      headers: [...row.headers, "col_6"],
      rawRow: { ...row.rawRow, col_6: index === 0 ? "" : "24" },
    }))
    expect(drift("bots", rows)).toEqual([
      'bot golden_bot, https://wiki.test/wiki/golden_bot, table bots_golden_bot_table_0, row 2, column col_6: "24" in a column without a header; expected nothing there',
    ])
  })

  const missiles = (...cells: readonly (readonly string[])[]) =>
    upgradeRows("ultimate_weapons", {
      entity: "Smart Missiles",
      slug: "smart_missiles",
      headers: ["Damage", "Cost", "Quantity", "Cost__2", "Cooldown", "Cost__3"],
      cells,
    })
  const firstLevel = ["10x", "0", "5#", "0", "180s", "0"]
  const secondLevel = ["11x", "5", "6#", "4", "170s", "8"]

  test.each(["Total", "Total cost", "Total Stones", "Total: 295", "Sum", "Subtotal"])(
    "a row labelled %j is no level",
    (label) => {
      const { drafts, problems } = draftDefinitions(
        "ultimate_weapons",
        missiles(firstLevel, secondLevel, [label, "5", "", "4", "", "8"]),
      )
      expect(problems).toEqual([])
      const levels = drafts.flatMap(({ parameters }) => parameters.map((own) => own.levels.length))
      expect(levels).toEqual([2, 2, 2])
    },
  )

  test("a total that was counted as a level, with levels after it, is drift", () => {
    const rows = missiles(firstLevel, ["Total cost", "5", "", "4", "", "8"], secondLevel)
    expect(drift("ultimate_weapons", rows)).toEqual([
      'ultimate weapon smart_missiles, https://wiki.test/wiki/smart_missiles, table ultimate_weapons_smart_missiles_table_0, row 2, column Level: the total "Total cost" was counted as a level; expected no level after it',
    ])
  })

  test("a row that is a total and has a level is drift", () => {
    const rows = missiles(firstLevel, ["Totals", "16", "8#", "9", "", "40"])
    expect(drift("ultimate_weapons", rows)).toEqual([
      'ultimate weapon smart_missiles, https://wiki.test/wiki/smart_missiles, table ultimate_weapons_smart_missiles_table_0, row 2, column Quantity: the row is labelled "Totals" and has a level; expected one or the other',
    ])
  })

  test("the end of a column beside a cost is drift", () => {
    expect(
      drift("ultimate_weapons", missiles(firstLevel, ["Max", "16", "6#", "4", "170s", "8"])),
    ).toEqual([expect.stringContaining('row 2, column Damage: "Max" is not a value')])
  })

  test("a level that is unlocked after the first is drift", () => {
    const rows = missiles(firstLevel, ["11x", "5", "6#", "Unlock", "170s", "8"])
    expect(drift("ultimate_weapons", rows)).toEqual([
      expect.stringContaining('row 2, column Quantity: "Unlock" is not a cost'),
    ])
  })

  test("a first level may be unlocked, and any level may be free", () => {
    const rows = missiles(
      ["10x", "Unlock", "5#", "4", "180s", "0"],
      ["11x", "5", "6#", "Free", "170s", "8"],
    )
    expect(draftDefinitions("ultimate_weapons", rows).problems).toEqual([])
  })

  test("a value in another unit than most of its column is drift", () => {
    const rows = missiles(firstLevel, secondLevel, ["12x", "9", "160s", "24", "7#", "9"])
    expect(drift("ultimate_weapons", rows)).toEqual([
      expect.stringContaining(
        'row 3, column Quantity: "160s" is not a value; expected a value in count, as most of its column are',
      ),
      expect.stringContaining('row 3, column Cooldown: "7#" is not a value'),
    ])
  })

  test.each(["12", "12%", "12m"])(
    "%j among factors is drift: a unit was lost or mistaken",
    (odd) => {
      const rows = missiles(firstLevel, secondLevel, [odd, "11", "", "", "160s", "24"])
      expect(drift("ultimate_weapons", rows)).toEqual([
        expect.stringContaining(`"${odd}" is not a value; expected a value in multiplier, as most`),
      ])
    },
  )

  test("a negative value among others is drift, and a column of them is none", () => {
    const rows = missiles(firstLevel, secondLevel, ["12x", "11", "", "", "-160s", "24"])
    expect(drift("ultimate_weapons", rows)).toEqual([
      expect.stringContaining(
        'row 3, column Cooldown: "-160s" is not a value; expected a value in seconds, as most of its column are',
      ),
    ])
    const negative = missiles(
      ["10x", "0", "5#", "0", "-1s", "0"],
      ["11x", "5", "6#", "4", "-2s", "8"],
    )
    const { drafts, problems } = draftDefinitions("ultimate_weapons", negative)
    expect(problems).toEqual([])
    expect(drafts[0]?.parameters[2]).toMatchObject({
      unitKind: "seconds",
      levels: [{ valueRaw: "-1s" }, { valueRaw: "-2s" }],
    })
  })

  test("a unit among bare numbers is drift", () => {
    const rows = goldenBot().map((row) =>
      row.rawRow.Level === "2" ? { ...row, rawRow: { ...row.rawRow, Range: "24s" } } : row,
    )
    expect(drift("bots", rows)).toEqual([
      expect.stringContaining(
        'row 2, column Range: "24s" is not a value; expected a value in no unit, as most of its column are',
      ),
    ])
  })

  test("a value whose point would make it the only fraction of its column is drift", () => {
    const rows = missiles(firstLevel, secondLevel, ["1.328x", "11", "", "", "160s", "24"])
    expect(drift("ultimate_weapons", rows)).toEqual([
      expect.stringContaining(
        'row 3, column Damage: "1.328x" is not a value; expected a whole number, as all others of its column are',
      ),
    ])
    const fractions = missiles(
      ["1.125x", ...firstLevel.slice(1)],
      ["1.328x", ...secondLevel.slice(1)],
    )
    expect(draftDefinitions("ultimate_weapons", fractions).problems).toEqual([])
    const alone = missiles(["1.125x", ...firstLevel.slice(1)])
    expect(draftDefinitions("ultimate_weapons", alone).problems).toEqual([])
  })

  const thirdLevel = ["12x", "11", "7#", "9", "160s", "24"]

  test.each([
    ["two rows in each other's place", [firstLevel, thirdLevel, secondLevel], "row 3"],
    ["rows from the last to the first", [thirdLevel, secondLevel, firstLevel], "row 2"],
  ])("%s are drift where rows are counted", (_, cells, row) => {
    expect(drift("ultimate_weapons", missiles(...cells))[0]).toContain(
      `${row}, column Level: "11x" and all beside it go back; expected figures after those of level`,
    )
  })

  test.each([
    ["a cost", ["12x", "4", "7#", "9", "160s", "24"]],
    ["a value", ["9x", "11", "7#", "9", "160s", "24"]],
    ["one figure of each pair", ["12x", "4", "7#", "4", "175s", "24"]],
  ])("a level with %s behind the one before it is read", (_, level) => {
    const rows = missiles(firstLevel, secondLevel, level)
    expect(draftDefinitions("ultimate_weapons", rows).problems).toEqual([])
  })

  test("a level that cannot be bought before the last is drift", () => {
    const rows = missiles(["10x", "0", "5#", "MAX", "180s", "0"], secondLevel)
    expect(drift("ultimate_weapons", rows)).toEqual([
      expect.stringContaining('row 1, column Quantity: "MAX" is not a cost'),
    ])
  })

  const withLevels = (...levels: readonly string[]) =>
    upgradeRows("bots", {
      entity: "Thunder Bot",
      slug: "thunder_bot",
      headers: ["Level", "Cost", "Duration", "Cooldown", "Linger", "Range"],
      cells: levels.map((level) => [level, "100", `5.${level}`, "117", "23%", "28"]),
    })

  test.each([
    [["1", "2", "4"], "row 3, column Level: no row for it before level 4"],
    [["1", "5", "6"], "row 2 to 4, column Level: no row for it before level 5"],
    [["2", "3"], "row 1, column Level: no row for it before level 2"],
  ])("a table with the levels %j alone is drift that names the missing ones", (levels, says) => {
    expect(drift("bots", withLevels(...levels))).toEqual([
      `bot thunder_bot, https://wiki.test/wiki/thunder_bot, table bots_thunder_bot_table_0, ${says}; expected a row for each level`,
    ])
  })

  test("levels may begin at 0", () => {
    expect(draftDefinitions("bots", withLevels("0", "1", "2")).problems).toEqual([])
  })

  test("a known chip is missed where the catalogue's page has others", () => {
    const page = "https://the-tower-idle-tower-defense.fandom.com/wiki/Guardian"
    const rows = allyChip().map((row) => ({ ...row, pageUrl: page }))
    const { drafts, problems } = draftDefinitions("guardians", rows)
    expect(drafts.map(({ slug }) => slug)).toEqual(["ally"])
    expect(problems.map(describeDrift)).toEqual(
      ["attack", "fetch", "bounty", "summon"].map(
        (slug) =>
          `guardian chip ${slug}, ${page}: no rows of it, though there are rows of others; expected its table`,
      ),
    )
  })

  test("drift of a target without rows says how to get them", () => {
    expect(drift("guardians", goldenBot())).toEqual([
      "guardian chip: no stored rows; capture them first: bun run fetch-wiki-data --target guardian_chips --write",
    ])
  })

  test("drift of a card in two tables names both rows", () => {
    const card = { Name: "Coin Bonus", Effect: "+5%" }
    expect(drift("cards", [cardRow(card, "Epic", 8), cardRow(card, "Rare", 7)])).toEqual([
      "card coin_bonus, https://wiki.test/wiki/Cards, table cards_list_rare_0: in more than one row: 7 (cards_list_rare_0), 8 (cards_list_rare_0); expected one",
    ])
  })

  test("a card list without a column for what a card does is drift", () => {
    expect(drift("cards", [cardRow({ Name: "Coin Bonus", Price: "20" })])).toEqual([
      'card coin_bonus, https://wiki.test/wiki/Cards, table cards_list_rare_0: no header "Description / Effect / Lv. 1" among "Name", "Price"',
    ])
  })

  test("a card list whose levels skip one is drift, since its column has lost its header", () => {
    const card = cardRow({ Name: "Coin Bonus", "Lv. 1": "5%", col_2: "6%", "Lv. 3": "7%" })
    expect(drift("cards", [card])).toEqual([
      'card coin_bonus, https://wiki.test/wiki/Cards, table cards_list_rare_0: no header "Lv. 2" among "Name", "Lv. 1", "col_2", "Lv. 3"',
    ])
  })

  test.each(["two", "???", "Template:Card"])("a level of a card that says %j is drift", (text) => {
    const card = cardRow({ Name: "Coin Bonus", "Lv. 1": "5%", "Lv. 2": text, "Lv. 3": "MAX" })
    expect(drift("cards", [card])).toEqual([
      `card coin_bonus, https://wiki.test/wiki/Cards, table cards_list_rare_0, row Coin Bonus, column Lv. 2: "${text}" is not a value; expected a figure`,
    ])
  })

  test("the last level of a card may be MAX", () => {
    const card = cardRow({ Name: "Coin Bonus", "Lv. 1": "5%", "Lv. 2": "MAX" })
    expect(draftDefinitions("cards", [card]).problems).toEqual([])
  })

  test("a drifted entity is not drafted, and all others are", () => {
    const rows = [...renameHeader(goldenBot(), "Cost", "Price"), ...thunderBot()]
    const { drafts, problems } = draftDefinitions("bots", rows)
    expect(drafts.map(({ slug }) => slug)).toEqual(["thunder_bot"])
    expect(new Set(problems.map(({ entity }) => entity))).toEqual(new Set(["golden_bot"]))
  })
})

describe("DefinitionDrift", () => {
  test("the error about drift lists every problem and says what to do", () => {
    const bots = draftDefinitions("bots", renameHeader(goldenBot(), "Bonus", "Coins")).problems
    const none = draftDefinitions("cards", []).problems
    const { message } = new DefinitionDrift({ problems: [...bots, ...none], pages: [] })
    expect(message.split("\n")).toEqual([
      expect.stringContaining("(3)"),
      expect.stringContaining('"Coins"'),
      expect.stringContaining('"Bonus"'),
      expect.stringContaining("fetch-wiki-data --target cards_list --write"),
      expect.stringContaining("--keep-going"),
    ])
  })
})
