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
  test("a bot's rows carry their bot, and the alias of a header spelled with its unit", () => {
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

  test("a bot's rows name their star where the table has stars", () => {
    const content = table(["Level", "Star", "Cost"], ["1", "2", "100"], ["2", "", "140"])
    expect(idsOf("Golden_Bot", content)).toEqual([
      "golden_bot__level_1__star_2",
      "golden_bot__level_2__star_none",
    ])
  })

  test("a bot's rows are those with a level: sums and notes below are skipped", () => {
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

  test("a bot's rows are not counted where the table under Cost has no Level", () => {
    const content = heading(3, "Cost") + table(["Cost", "Range"], ["100", "22"])
    expect(rowsOf("Golden_Bot", content)[0]).toMatchObject({
      entityId: "golden_bot__level_unknown__star_none",
      rawRow: { Cost: "100", Range: "22", Bot: "Golden Bot", _wiki_entity_id: "golden_bot" },
    })
  })

  test("a bot's rows have their level whatever the case of its header", () => {
    const content = table(["LEVEL", "Cost"], ["7", "100"])
    expect(rowsOf("Golden_Bot", content)[0]).toMatchObject({
      entityId: "golden_bot__level_7__star_none",
      rawRow: { LEVEL: "7", Level: "7" },
    })
  })

  test("a bot's rows that have only a level and a cost are kept", () => {
    expect(idsOf("Golden_Bot", table(["Level", "Cost"], ["1", "100"]))).toHaveLength(1)
  })
})

describe("a chip's or weapon's rows", () => {
  test("a chip's or weapon's rows are counted where the table has no Level, skipped ones included", () => {
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

  test("a chip's or weapon's rows are skipped where they sum up, also with spans over values and costs", () => {
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

  test("a chip's or weapon's rows are refused where a level is beside a sum: one of them would be lost", () => {
    const content = table(
      ["Size", "Cost", "Duration", "Cost"],
      ["30m", "0", "15s", "0"],
      ["Total", "5", "16s", "5"],
    )
    expect(problemsOf("Black_Hole", content)).toEqual([
      ["2 (Total)", null, '"Total"', "a level or a sum"],
    ])
  })

  test("a chip's or weapon's rows carry the wiki's misspelled header in the right spelling too", () => {
    const content =
      heading(2, "Ally_Chip") + table(["Max Recovey", "Bits", "Cooldown(s)"], ["1.1x", "0", "120"])
    expect(chipRows(content, "Ally")[0]?.rawRow).toEqual({
      ...{ "Max Recovey": "1.1x", Bits: "0", "Cooldown(s)": "120" },
      ...{ "Max Recovery": "1.1x", Cooldown: "120", Level: "1" },
      ...{ Guardian: "Ally", _wiki_entity_id: "ally" },
    })
  })

  test("a chip's or weapon's rows keep a column of the alias's name as it is", () => {
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

  test("a card's rows carry the label of their table: its heading, else its caption, else its anchor", () => {
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

  test("a card's rows are named by Name, else Card, else the first column", () => {
    const names = (headers: readonly string[]) =>
      listed(table(headers, ["a", "b", "c"]))[0]?.rows.map(({ entityId }) => entityId)
    expect(names(["Card", "name", "Effect"])).toEqual(["b"])
    expect(names(["Icon", "Card", "Effect"])).toEqual(["b"])
    expect(names(["Icon", "Effect", "Unlock"])).toEqual(["a"])
  })

  test("a card's rows are skipped without a name, without any value and where they sum up", () => {
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

  test("a card's row is refused where it has fewer cells than the table and others fill them", () => {
    const content = cards(
      table(["Name", "Effect", "Unlock"], ["Damage", "x", "Tier 1"], ["Cash", "Tier 2"]),
    )
    expect(problemsOf("Cards", content)).toEqual([
      ["2 (Cash)", null, "fewer cells than the table has columns", "3 cells"],
    ])
  })

  test("a card's row may leave out at its end what another leaves empty", () => {
    const [common] = listed(
      table(["Name", "Effect", "Unlock"], ["Damage", "x", ""], ["Cash", "y"], ["Nuke", "z", "w"]),
    )
    expect(common?.rows.map(({ entityId }) => entityId)).toEqual(["damage", "cash", "nuke"])
  })

  test("a card's rows of the slots are named by the slot's number and need no value", () => {
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

  test("a line between the rows is no level and moves none where it repeats the headers", () => {
    expect(levelsOf(levels[0], headers, levels[1], headers)).toEqual([
      ["1", "30m"],
      ["2", "32m"],
    ])
  })

  test.each(["Requires v25", "MAX"])(
    "a line between the rows is no level and moves none where it is a note: %s",
    (note) => {
      expect(levelsOf(levels[0], Array(5).fill(note), levels[1])).toEqual([
        ["1", "30m"],
        ["2", "32m"],
      ])
    },
  )

  test("a line between the rows is no level and moves none where it is in words", () => {
    const units = ["(size)", "(cost)", "", "(duration)", "(cost)"]
    expect(levelsOf(units, levels[0], ["from now on", "", "", "-", ""], levels[1])).toEqual([
      ["1", "30m"],
      ["2", "32m"],
    ])
  })

  test("a line between the rows is no card where a second row goes on with the headers", () => {
    const content =
      table(["Slots", "Gem Cost"], ["1", "0"]) +
      heading(2, "List_of_Cards") +
      `<table><tr><th></th><th rowspan="2">Name</th><th rowspan="2">Description</th><th colspan="2">Level</th></tr>
        <tr><th></th><th>1</th><th>2</th></tr>
        <tr><td></td><td>Damage</td><td>More</td><td>5%</td><td>6%</td></tr></table>`
    expect(idsOf("Cards", content)).toEqual(["1", "damage"])
  })

  test("a line between the rows is no card, while a number in every column is a row", () => {
    const content =
      table(["Slots", "Gem Cost"], ["1", "1"], ["Soon", "Soon"]) +
      heading(2, "List_of_Cards") +
      table(["Name", "Effect"], ["Common", "Common"], ["Damage", "x 2"], ["Name", "Effect"])
    expect(idsOf("Cards", content)).toEqual(["1", "damage"])
  })
})

describe("rows of one id", () => {
  test("rows of one id are one where they are equal word for word, else numbered", () => {
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

  test("rows of one id do not depend on names that are special to JavaScript", () => {
    const content = table(["Level", "Cost", "__proto__", "constructor"], ["1", "2", "3", "4"])
    const [row] = rowsOf("Golden_Bot", content)
    const own = new Map(Object.entries<string>(row?.rawRow ?? {}))
    expect([own.get("__proto__"), own.get("constructor")]).toEqual(["3", "4"])
  })
})

describe("a row of levels is refused", () => {
  const headers = ["Level", "Cost", "Duration", "Cooldown", "Range"]
  const first = ["1", "100", "20.5", "117", "22"]
  const third = ["3", "180", "21.5", "111", "26"]
  const between = (...cells: readonly string[]) =>
    problemsOf("Golden_Bot", table(headers, first, cells, third))

  test("a row of levels is refused where it has text beyond the last header", () => {
    expect(between("2", "140", "", "21.0", "114", "24")).toEqual([
      [
        "2 (2)",
        null,
        'more cells than the table has columns, with "24" beyond the last header',
        "5 cells",
      ],
    ])
  })

  test("a row of levels is refused where a missing mark has run two rows into one", () => {
    const content = table(headers, [...first, ...third])
    expect(problemsOf("Golden_Bot", content)).toEqual([
      ["1 (1)", null, expect.stringContaining("3 180 21.5 111 26"), "5 cells"],
    ])
  })

  test("a row of levels is refused where a missing mark has run the first row into the headers", () => {
    const content = heading(3, "Cost") + table([...headers, ...first], third)
    expect(problemsOf("Golden_Bot", content).slice(0, 2)).toEqual([
      [null, "1", 'the header "1"', "the name of a column"],
      [null, "100", 'the header "100"', "the name of a column"],
    ])
  })

  test("a row of levels is refused where it has fewer cells though no column has ended", () => {
    expect(between("2", "140", "114", "24")).toEqual([
      ["2 (2)", null, "fewer cells than the table has columns", "5 cells"],
    ])
  })

  test("a row of levels is refused where it says that it is the last in place of its level", () => {
    const content = table(headers, first, ["MAX", "140", "21.0", "114", "24"])
    expect(problemsOf("Golden_Bot", content)).toEqual([
      ["2 (MAX)", "Level", '"MAX"', "a whole number"],
    ])
  })

  test("a row of levels is refused where a column goes on below an empty cell", () => {
    const rows = [first, ["2", "140", "21.0", "", "24"], third]
    expect(problemsOf("Golden_Bot", table(headers, ...rows))).toEqual([
      ["3 (3)", "Cooldown", '"111" below an empty cell', "nothing"],
    ])
  })

  test("a row of levels is refused where a column goes on below the mark of its end", () => {
    const rows = [first, ["2", "140", "21.0", "MAX", "24"], third]
    expect(problemsOf("Golden_Bot", table(headers, ...rows))).toEqual([
      ["3 (3)", "Cooldown", '"111" below "MAX"', "nothing"],
    ])
  })

  test("rows of levels may repeat the mark of a column's end", () => {
    const rows = [first, ["2", "140", "21.0", "MAX", "24"], ["3", "180", "21.5", "MAX", "26"]]
    expect(rowsOf("Golden_Bot", table(headers, ...rows))).toHaveLength(3)
  })

  test("a row of levels is refused where an empty cell too many is beside cells that are empty", () => {
    const rows = [
      ["1", "100", "20.5", "117", ""],
      ["2", "140", "21.0", "114", "", ""],
    ]
    expect(problemsOf("Golden_Bot", table(headers, ...rows))).toEqual([
      ["2 (2)", null, "more cells than the table has columns", "5 cells"],
    ])
  })

  test("a row of levels is refused where a column that had ended goes on while another ends", () => {
    const rows = [first, ["2", "140", "21.0", "", "24"], ["3", "180", "", "21.5", ""]]
    expect(problemsOf("Golden_Bot", table(headers, ...rows))).toEqual([
      ["3 (3)", "Cooldown", '"21.5" below an empty cell', "nothing"],
    ])
  })

  test.each([
    ["Expression error: x", "Duration"],
    ["21.0 [citation needed]", "Duration"],
    ["Template:NoSuch", "Duration"],
  ])("a row of levels is refused where a value is %j", (text, column) => {
    expect(between("2", "140", text, "114", "24")).toEqual([
      ["2 (2)", column, JSON.stringify(text), "a number with its unit"],
    ])
  })

  test("a row of levels is refused where a cost is none, or is missing", () => {
    expect(between("2", "a lot", "21.0", "114", "24")).toEqual([
      ["2 (2)", "Cost", '"a lot"', "a whole number"],
    ])
    expect(between("2", "", "21.0", "114", "24")).toEqual([
      ["2 (2)", "Cost", '""', "a whole number"],
    ])
  })

  test("a row of levels is refused where its level cannot be read, or was lost", () => {
    expect(between("1-2", "140", "21.0", "114", "24")).toEqual([
      ["2 (1-2)", "Level", '"1-2"', "a whole number"],
    ])
    expect(between("", "140", "21.0", "114", "24")).toEqual([
      ["2 (140)", "Level", '""', "a whole number"],
    ])
  })

  test("a row of levels is refused where a cell too many has moved its last level, not where a note follows", () => {
    const below = (label: string) =>
      table(headers, ["1", "100", "20.5", "117", "22"], [label, "2", "140", "21.0", "24", ""])
    expect(problemsOf("Golden_Bot", below("x"))).toEqual([
      ["2 (x)", "Level", '"x"', "a whole number"],
    ])
    expect(idsOf("Golden_Bot", below("Average"))).toHaveLength(1)
  })

  test("a row of levels is refused where a cell has an error message, a heading or a table in it", () => {
    const flawed = (html: string) => between("2", "140", "21.0", "114", `24${html}`)[0]?.slice(1, 3)
    expect(flawed('<span class="error">Cite error</span>')).toEqual([
      "Range",
      'an error message, "24Cite error"',
    ])
    expect(flawed("<sup><b>1</b></sup>")).toEqual([
      "Range",
      'a raised number inside the cell, "241"',
    ])
    for (const raised of ['<span style="vertical-align:super">1</span>', "<ruby><rt>1</rt></ruby>"])
      expect(flawed(raised)).toEqual(["Range", 'a raised number inside the cell, "241"'])
    expect(flawed("<sup>†</sup>")).toEqual(["Range", '"24†"'])
    expect(flawed("<h2>Labs</h2>")).toEqual(["Range", 'a heading inside the cell, "24Labs"'])
    expect(flawed("<table><tr><td>1</td></tr></table>")).toEqual([
      "Range",
      'a table inside the cell, "24"',
    ])
  })

  test("a row of levels is refused together with everything else that is wrong with its table", () => {
    const content = table(headers, ["1", "x", "y", "117", "22"], ["2", "140", "21.0", "z", "24"])
    expect(problemsOf("Golden_Bot", content).map(([row, column]) => [row, column])).toEqual([
      ["1 (1)", "Duration"],
      ["1 (1)", "Cost"],
      ["2 (2)", "Cooldown"],
    ])
  })
})

describe("a row of levels is read", () => {
  const headers = ["Level", "Cost", "Duration", "Range"]

  test("a row of levels is read where it leaves out what has ended above it", () => {
    const content = table(
      headers,
      ["1", "100", "20.5", "22"],
      ["2", "140", "21.0", ""],
      [...["3", "180", "21.5"]],
    )
    expect(rowsOf("Golden_Bot", content)[2]?.rawRow).toMatchObject({ Duration: "21.5", Range: "" })
  })

  test("a row of levels is read where an empty cell follows its last", () => {
    const content = table(headers, ["1", "100", "20.5", "22"], ["2", "140", "21.0", "24", ""])
    expect(idsOf("Golden_Bot", content)).toHaveLength(2)
  })

  test("a row of levels is read under the number of a level that has marks, its cells as the page writes them", () => {
    const content = table(headers, ["1", "100", "20.5", "22"], ["2* (MAX)", "140", "21.0", "24"])
    expect(rowsOf("Golden_Bot", content)[1]).toMatchObject({
      entityId: "golden_bot__level_2__star_none",
      rawRow: { Level: "2* (MAX)" },
    })
  })
})

describe("a counted table", () => {
  const headers = ["Size", "Cost", "Duration", "Cost"]
  const first = ["30m", "0", "15s", "0"]
  const last = ["32m", "6", "16s", "5"]

  test("a counted table does not count a note that spans a value and its cost", () => {
    const note = `<tr><td colspan="2">nerfed in v22</td><td colspan="2"></td></tr>`
    const content = table(headers, first, last).replace("<tr><td>32m", `${note}<tr><td>32m`)
    expect(idsOf("Black_Hole", content)).toEqual([
      "black_hole__level_1__star_none",
      "black_hole__level_2__star_none",
    ])
  })

  test("a counted table is refused where a value that spans its cost has a unit, which no sum has", () => {
    const below = (text: string) =>
      table(headers, first, last).replace(
        "</tbody>",
        `<tr><td colspan="2">${text}</td><td colspan="2"></td></tr></tbody>`,
      )
    expect(problemsOf("Black_Hole", below("34m"))).toEqual([
      ["3 (34m)", null, '"34m"', "a level or a sum"],
    ])
    expect(idsOf("Black_Hole", below("11"))).toHaveLength(2)
  })

  test("a counted table is refused where a number that spans value and cost is less than one of the costs", () => {
    const below = (cells: string) =>
      table(headers, first, last).replace("</tbody>", `<tr>${cells}</tr></tbody>`)
    const spanned = (...texts: readonly string[]) =>
      below(texts.map((text) => `<td colspan="2">${text}</td>`).join(""))
    const refused = (label: string, cell: string) => [
      [`3 (${label})`, null, `"${cell}"`, "a level or a sum"],
    ]
    expect(problemsOf("Black_Hole", spanned("5", ""))).toEqual(refused("5", "5"))
    expect(problemsOf("Black_Hole", spanned("6", "4"))).toEqual(refused("6", "4"))
    expect(problemsOf("Black_Hole", below('<td colspan="4">5</td>'))).toEqual(refused("5", "5"))
    // The one with a cost of its own and the sums below.
    for (const sums of [spanned("6", "5"), spanned("", "5"), below('<td colspan="4">11</td>')])
      expect(idsOf("Black_Hole", sums)).toHaveLength(2)
  })

  test("a counted table is refused where the figures of a level between others are words", () => {
    expect(problemsOf("Black_Hole", table(headers, first, ["TBD", "soon", "", ""], last))).toEqual([
      ["2 (TBD)", null, '"TBD"', "a level or a sum"],
    ])
  })

  test("a counted table is refused where the mark of the end among costs has no value", () => {
    const marked = (value: string) => table(headers, first, last, ["", "", value, "MAX"])
    expect(problemsOf("Black_Hole", marked(""))).toEqual([
      ["3 (MAX)", null, '"MAX"', "a level or a sum"],
    ])
    expect(idsOf("Black_Hole", marked("17s"))).toHaveLength(3)
    expect(idsOf("Black_Hole", marked("-"))).toHaveLength(2)
  })

  test("a counted table is refused where a row below the last level has costs and nothing else", () => {
    const sums = ["", "6", "", "5"]
    expect(problemsOf("Black_Hole", table(headers, first, last, sums))).toEqual([
      ["3 (6)", null, '"6"', "a level or a sum"],
    ])
  })

  test.each([
    { cells: ["31m", "", "", ""], column: "Cost", expected: "a whole number" },
    { cells: ["31m", "3", "", "4"], column: "Duration", expected: "a number with its unit" },
  ])(
    "a counted table is refused where a value or its cost is missing: %j",
    ({ cells, column, expected }) => {
      expect(problemsOf("Black_Hole", table(headers, first, cells, last))).toContainEqual([
        "2 (31m)",
        column,
        '""',
        expected,
      ])
    },
  )

  test.each([{ cells: ["nerfed in v22", "", "", ""] }, { cells: ["", "5", "", "6"] }])(
    "a counted table is refused where it has a row between levels that is none: %j",
    ({ cells }) => {
      expect(problemsOf("Black_Hole", table(headers, first, cells, last))).toHaveLength(1)
    },
  )
})
