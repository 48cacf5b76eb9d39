import { describe, expect, test } from "bun:test"
import { contentHash } from "../../../lib/wiki/rows/content-hash.ts"
import { heading, scrapeContent, scrapeError, table, withKnownChips } from "../pages.ts"

const rowsOf = (title: string, content: string) =>
  scrapeContent(title, content).tables.flatMap(({ rows }) => rows)

/** The rows of a chip on a page that has the other chips as well. */
const chipRows = (content: string, name: string) =>
  rowsOf("Guardian", withKnownChips(content)).filter((row) => row.canonicalName === name)

/** What is wrong with the rows of a page: row, column, what was found and what was expected. */
const problemsOf = (title: string, content: string) =>
  scrapeError(title, content).problems.map(({ row, column, found, expected }) => [
    row,
    column,
    found,
    expected,
  ])

const idsOf = (title: string, content: string) =>
  rowsOf(title, content).map(({ entityId }) => entityId)

describe("a bot's rows", () => {
  test("carry their bot, and the alias of a header spelled with its unit", () => {
    const [row] = rowsOf(
      "Golden_Bot",
      table(["Level", "Cost", "Cooldown (s)"], ["1", "100", "117"]),
    )
    const rawRow = {
      Level: "1",
      Cost: "100",
      "Cooldown (s)": "117",
      Cooldown: "117",
      Bot: "Golden Bot",
      _wiki_entity_id: "golden_bot",
    }
    expect(row).toEqual({
      canonicalName: "Golden Bot",
      entityId: "golden_bot__level_1__star_none",
      contentHash: contentHash(rawRow),
      rawRow,
    })
  })

  test("name their star where the table has stars", () => {
    const content = table(["Level", "Star", "Cost"], ["1", "2", "100"], ["2", "", "140"])
    expect(idsOf("Golden_Bot", content)).toEqual([
      "golden_bot__level_1__star_2",
      "golden_bot__level_2__star_none",
    ])
  })

  test("are those with a level: sums and notes below are skipped", () => {
    const content = table(
      ["Level", "Cost", "Range"],
      ["1", "100", "22"],
      ["1,000", "140", "24"],
      ["Total", "240", "9"],
      ["", "", "5700"],
      ["see above", "1", "2"],
    )
    expect(rowsOf("Golden_Bot", content).map(({ rawRow }) => rawRow.Level)).toEqual(["1", "1,000"])
  })

  test("are not counted where the table under Cost has no Level", () => {
    const content = heading(3, "Cost") + table(["Cost", "Range"], ["100", "22"])
    expect(rowsOf("Golden_Bot", content)[0]).toMatchObject({
      entityId: "golden_bot__level_unknown__star_none",
      rawRow: { Cost: "100", Range: "22", Bot: "Golden Bot", _wiki_entity_id: "golden_bot" },
    })
  })

  test("have their level whatever the case of its header", () => {
    const content = table(["LEVEL", "Cost"], ["7", "100"])
    expect(rowsOf("Golden_Bot", content)[0]).toMatchObject({
      entityId: "golden_bot__level_7__star_none",
      rawRow: { LEVEL: "7", Level: "7" },
    })
  })

  test("that have only a level and a cost are kept", () => {
    expect(idsOf("Golden_Bot", table(["Level", "Cost"], ["1", "100"]))).toHaveLength(1)
  })
})

describe("a chip's or weapon's rows", () => {
  test("are counted where the table has no Level, skipped ones included", () => {
    const content = table(
      ["Size", "Cost", "Duration", "Cost"],
      ["30m", "0", "15s", "0"],
      ["", "", "", ""],
      ["-", "9", "—", "9"],
      ["", "", "16s", "5"],
    )
    expect(rowsOf("Black_Hole", content).map(({ rawRow }) => rawRow)).toEqual([
      {
        ...{ Size: "30m", Cost: "0", Duration: "15s", Cost__2: "0" },
        ...{ Level: "1", "Ultimate Weapon": "Black Hole", _wiki_entity_id: "black_hole" },
      },
      {
        ...{ Size: "", Cost: "", Duration: "16s", Cost__2: "5" },
        ...{ Level: "3", "Ultimate Weapon": "Black Hole", _wiki_entity_id: "black_hole" },
      },
    ])
  })

  test("are skipped where they sum up, also with spans over values and costs", () => {
    const headers = ["Cooldown", "Cost (Bits)", "Duration", "Cost (Bits)"]
    const sums = `<tr><td>Total</td><td>14</td><td></td><td>9</td></tr>
      <tr><td colspan="1">Totals</td><td colspan="3"><b>23 Bits</b></td></tr>`
    const content =
      heading(2, "Summon_Chip") +
      table(headers, ["140s", "5", "5s", "5"]).replace("</tbody>", `${sums}</tbody>`)
    expect(chipRows(content, "Summon").map(({ entityId }) => entityId)).toEqual([
      "summon__level_1__star_none",
    ])
  })

  test("are refused where a level is beside a sum: one of them would be lost", () => {
    const content = table(
      ["Size", "Cost", "Duration", "Cost"],
      ["30m", "0", "15s", "0"],
      ["Total", "5", "16s", "5"],
    )
    expect(problemsOf("Black_Hole", content)).toEqual([
      ["2 (Total)", null, '"Total"', "a level or a sum"],
    ])
  })

  test("carry the wiki's misspelled header in the right spelling too", () => {
    const content =
      heading(2, "Ally_Chip") + table(["Max Recovey", "Bits", "Cooldown(s)"], ["1.1x", "0", "120"])
    expect(chipRows(content, "Ally")[0]?.rawRow).toEqual({
      ...{ "Max Recovey": "1.1x", Bits: "0", "Cooldown(s)": "120" },
      ...{ "Max Recovery": "1.1x", Cooldown: "120", Level: "1" },
      ...{ Guardian: "Ally", _wiki_entity_id: "ally" },
    })
  })

  test("keep a column of the alias's name as it is", () => {
    const content =
      heading(2, "Ally_Chip") + table(["Cooldown (s)", "Cooldown", "Bits"], ["120", "2", "0"])
    expect(chipRows(content, "Ally")[0]?.rawRow).toMatchObject({ Cooldown: "2" })
  })
})

describe("a card's rows", () => {
  const cards = (...tables: readonly string[]) =>
    table(["Slots", "Gem Cost"], ["1", "0"], ["2", "50"], ["Total", "50"]) +
    heading(2, "List_of_Cards", "List of Cards") +
    tables.join("")

  const listed = (...tables: readonly string[]) =>
    scrapeContent("Cards", cards(...tables)).tables.slice(1)

  test("carry the label of their table: its heading, else its caption, else its anchor", () => {
    const own = table(["Name", "Effect"], ["Attack Speed", "+5%"])
    const captioned = own.replace("<tbody>", "<caption>Epic cards</caption><tbody>")
    const [first, second, third] = listed(
      heading(3, "Common_cards", "Common cards") + own,
      heading(3, "x", "") + captioned,
      heading(3, "Last_anchor", "") + own,
    )
    expect(first).toMatchObject({
      sourceSection: "cards_list_common_cards_0",
      rows: [
        {
          canonicalName: "Attack Speed",
          entityId: "attack_speed",
          rawRow: { Name: "Attack Speed", Effect: "+5%", _wiki_table_label: "Common cards" },
        },
      ],
    })
    expect(second?.sourceSection).toBe("cards_list_epic_cards_0")
    expect(third?.sourceSection).toBe("cards_list_last_anchor_0")
  })

  test("are named by Name, else Card, else the first column", () => {
    const names = (headers: readonly string[]) =>
      listed(table(headers, ["a", "b", "c"]))[0]?.rows.map(({ entityId }) => entityId)
    expect(names(["Card", "name", "Effect"])).toEqual(["b"])
    expect(names(["Icon", "Card", "Effect"])).toEqual(["b"])
    expect(names(["Icon", "Effect", "Unlock"])).toEqual(["a"])
  })

  test("are skipped without a name, without any value and where they sum up", () => {
    const [common] = listed(
      table(
        ["Name", "Effect", "Unlock", "Cost"],
        ["Damage", "x", "", "1"],
        ["—", "x", "y", "1"],
        ["None", "x", "y", "1"],
        ["Totals", "x", "y", "1"],
        ["Cash", "-", "Total", "1"],
      ),
    )
    expect(common?.rows.map(({ entityId }) => entityId)).toEqual(["damage"])
  })

  test("of the slots are named by the slot's number and need no value", () => {
    const [slots] = scrapeContent("Cards", cards(table(["Name"], ["a"]))).tables
    expect(slots).toMatchObject({ sourceSection: "cards_table_0", parseVersion: "cards_v1" })
    expect(slots?.rows.map(({ entityId, rawRow }) => [entityId, rawRow])).toEqual([
      ["1", { Slots: "1", "Gem Cost": "0" }],
      ["2", { Slots: "2", "Gem Cost": "50" }],
    ])
  })
})

describe("what stands between the rows", () => {
  const headers = ["Size", "Cost", "", "Duration", "Cost"]
  const levels = [
    ["30m", "0", "", "15s", "0"],
    ["32m", "6", "", "16s", "5"],
  ] as const
  const levelsOf = (...rows: readonly (readonly string[])[]) =>
    rowsOf("Black_Hole", table(headers, ...rows)).map(({ rawRow }) => [rawRow.Level, rawRow.Size])

  test("is no level and moves none where it repeats the headers", () => {
    expect(levelsOf(levels[0], headers, levels[1], headers)).toEqual([
      ["1", "30m"],
      ["2", "32m"],
    ])
  })

  test.each(["Requires v25", "MAX"])(
    "is no level and moves none where it is a note: %s",
    (note) => {
      expect(levelsOf(levels[0], Array(5).fill(note), levels[1])).toEqual([
        ["1", "30m"],
        ["2", "32m"],
      ])
    },
  )

  test("is no level and moves none where it is in words", () => {
    const units = ["(size)", "(cost)", "", "(duration)", "(cost)"]
    expect(levelsOf(units, levels[0], ["from now on", "", "", "-", ""], levels[1])).toEqual([
      ["1", "30m"],
      ["2", "32m"],
    ])
  })

  test("is no card where a second row goes on with the headers", () => {
    const content =
      table(["Slots", "Gem Cost"], ["1", "0"]) +
      heading(2, "List_of_Cards") +
      `<table><tr><th></th><th rowspan="2">Name</th><th rowspan="2">Description</th><th colspan="2">Level</th></tr>
        <tr><th></th><th>1</th><th>2</th></tr>
        <tr><td></td><td>Damage</td><td>More</td><td>5%</td><td>6%</td></tr></table>`
    expect(idsOf("Cards", content)).toEqual(["1", "damage"])
  })

  test("is no card, while a number in every column is a row", () => {
    const content =
      table(["Slots", "Gem Cost"], ["1", "1"], ["Soon", "Soon"]) +
      heading(2, "List_of_Cards") +
      table(["Name", "Effect"], ["Common", "Common"], ["Damage", "x 2"], ["Name", "Effect"])
    expect(idsOf("Cards", content)).toEqual(["1", "damage"])
  })
})

describe("rows of one id", () => {
  test("are one where they are equal word for word, else numbered", () => {
    const content = table(
      ["Level", "Cost", "Range"],
      ["1", "100", "22"],
      ["1", "100", "22"],
      ["1", "140", "24"],
      ["1", "180", "26"],
    )
    const rows = rowsOf("Golden_Bot", content)
    expect(rows.map(({ entityId, rawRow }) => [entityId, rawRow.Cost])).toEqual([
      ["golden_bot__level_1__star_none", "100"],
      ["golden_bot__level_1__star_none__2", "140"],
      ["golden_bot__level_1__star_none__3", "180"],
    ])
  })

  test("do not depend on names that are special to JavaScript", () => {
    const content = table(["Level", "Cost", "__proto__", "constructor"], ["1", "2", "3", "4"])
    const [row] = rowsOf("Golden_Bot", content)
    const own = new Map(Object.entries<string>(row?.rawRow ?? {}))
    expect([own.get("__proto__"), own.get("constructor")]).toEqual(["3", "4"])
  })
})
