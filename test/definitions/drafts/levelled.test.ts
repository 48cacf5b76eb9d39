import { describe, expect, test } from "bun:test"
import { draftLevelled } from "../../../lib/definitions/drafts/levelled.ts"
import type { LevelledKind } from "../../../lib/definitions/registry.ts"
import type { LatestRow } from "../../../lib/wiki/revisions/latest-rows.ts"
import { allyChip, goldenBot, smartMissiles, upgradeRows } from "../wiki-rows.ts"

/** The one definition that the rows give. */
function draftOne(kind: LevelledKind, rows: readonly LatestRow[]) {
  const { drafts, problems } = draftLevelled(kind, rows)
  expect(problems).toEqual([])
  expect(drafts).toHaveLength(1)
  const [draft] = drafts
  if (draft === undefined) throw new Error("no draft")
  return draft
}

const levelsOf = (kind: LevelledKind, rows: readonly LatestRow[]) =>
  Object.fromEntries(
    draftOne(kind, rows).parameters.map(({ key, levels }) => [
      key,
      levels.map(({ level, valueRaw, costRaw }) => [level, valueRaw, costRaw]),
    ]),
  )

const goldenBotTable = (...cells: readonly (readonly string[])[]) =>
  upgradeRows("bots", {
    entity: "Golden Bot",
    slug: "golden_bot",
    headers: ["Level", "Cost", "Duration", "Cooldown", "Bonus", "Range"],
    cells,
  })

describe("a definition with levels", () => {
  test("a definition with levels is named, placed and sourced by the row of its lowest level", () => {
    expect(draftOne("bot", goldenBot().toReversed())).toMatchObject({
      kind: "bot",
      slug: "golden_bot",
      name: "Golden Bot",
      wikiPageUrl: "https://wiki.test/wiki/golden_bot",
      wikiEntityId: "golden_bot",
      description: null,
      rarity: null,
      effectRaw: null,
      unlockText: null,
      sourceRowId: 100,
    })
  })

  test("a bot's costs are from the row and its level 0 from the registry", () => {
    const [duration] = draftOne("bot", goldenBot()).parameters
    expect(duration).toEqual({
      key: "duration",
      displayName: "Duration",
      unitKind: "seconds",
      levels: [
        { level: 0, valueRaw: "20s", costRaw: "0", currency: "medals", sourceRowId: null },
        { level: 1, valueRaw: "20.5", costRaw: "100", currency: "medals", sourceRowId: 100 },
        { level: 2, valueRaw: "21.0", costRaw: "140", currency: "medals", sourceRowId: 101 },
      ],
    })
  })

  test("level 0 is from the table where it has one", () => {
    const rows = goldenBotTable(
      ["0", "0", "19", "120", "2", ""],
      ["1", "9", "20", "118", "3", "21"],
    )
    expect(levelsOf("bot", rows)).toEqual({
      duration: [
        [0, "19", "0"],
        [1, "20", "9"],
      ],
      cooldown: [
        [0, "120", "0"],
        [1, "118", "9"],
      ],
      multiplier: [
        [0, "2", "0"],
        [1, "3", "9"],
      ],
      range: [
        [0, "20m", "0"],
        [1, "21", "9"],
      ],
    })
  })

  test("each of a weapon's values is paired with its own cost", () => {
    expect(levelsOf("ultimate_weapon", smartMissiles())).toEqual({
      damage_multiplier: [
        [1, "10x", "0"],
        [2, "11x", "5"],
        [3, "13x", "11"],
      ],
      quantity: [
        [1, "5#", "0"],
        [2, "6#", "4"],
      ],
      cooldown: [
        [1, "180s", "0"],
        [2, "170s", "8"],
        [3, "160s", "24"],
      ],
    })
  })

  test("a parameter is called what the registry calls it", () => {
    const names = draftOne("guardian_chip", allyChip()).parameters.map((own) => own.displayName)
    expect(names).toEqual(["Recovery Amount", "Cooldown", "Max Recovery"])
  })

  test("values and costs are copied as written, MAX included", () => {
    const rows = upgradeRows("ultimate_weapons", {
      entity: "Black Hole",
      slug: "black_hole",
      headers: [
        "Size",
        "Stones (Size)",
        "Duration",
        "Stones (Duration)",
        "Cooldown",
        "Stones (Cooldown)",
      ],
      cells: [["30 m", "14,052", "5.0×", "MAX", "$1", "0"]],
    })
    expect(levelsOf("ultimate_weapon", rows)).toEqual({
      size: [[1, "30 m", "14,052"]],
      duration: [[1, "5.0×", "MAX"]],
      cooldown: [[1, "$1", "0"]],
    })
  })

  test("there is no level where value or cost is blank, a placeholder or the end of the column, and later levels keep their numbers", () => {
    const rows = upgradeRows("ultimate_weapons", {
      entity: "Smart Missiles",
      slug: "smart_missiles",
      headers: ["Damage", "Cost", "Quantity", "Cost__2", "Cooldown", "Cost__3"],
      cells: [
        ["10x", "0", "", "0", "180s", ""],
        ["—", "5", "6#", "4", "170s", "-"],
        ["13x", "11", "Total", "9", "160s", "24"],
        ["Max", "", "8#", "9", "none", "40"],
      ],
    })
    expect(levelsOf("ultimate_weapon", rows)).toEqual({
      damage_multiplier: [
        [1, "10x", "0"],
        [3, "13x", "11"],
      ],
      quantity: [
        [2, "6#", "4"],
        [4, "8#", "9"],
      ],
      cooldown: [[3, "160s", "24"]],
    })
  })

  test("each row is read by the header list stored with it", () => {
    const moved = upgradeRows("bots", {
      entity: "Golden Bot",
      slug: "golden_bot",
      headers: ["Level", "Range", "Bonus", "Cooldown", "Duration", "Cost"],
      cells: [["3", "26", "2.6", "111", "21.5", "180"]],
      firstId: 102,
    })
    const levels = levelsOf("bot", [...goldenBot(), ...moved])
    expect(levels.range?.at(-1)).toEqual([3, "26", "180"])
    expect(levels.duration?.at(-1)).toEqual([3, "21.5", "180"])
  })

  test.each([
    ["the label spans columns", ["Total", "Total", "Total", "900", "900", "900"]],
    ["the sum spans columns", ["Total", "900", "900", "900", "900", "900"]],
    ["both span some", ["Total", "Total", "Total", "500", "500", "400"]],
  ])("the total of a table is no level where %s", (_, sum) => {
    const headers = ["Cooldown", "Bits", "Duration", "Bits__2", "Cash Bonus", "Bits__3"]
    const cells = [["140s", "0", "5s", "0", "x1.0", "0"], sum]
    const rows = upgradeRows("guardians", { entity: "Summon", slug: "summon", headers, cells })
    expect(levelsOf("guardian_chip", rows)).toEqual({
      cooldown: [[1, "140s", "0"]],
      duration: [[1, "5s", "0"]],
      cash_bonus: [[1, "x1.0", "0"]],
    })
  })
})
