import { describe, expect, test } from "bun:test"
import { draftCards } from "../../../lib/definitions/drafts/cards.ts"
import { cardRow } from "../wiki-rows.ts"

const draft = (columns: Readonly<Record<string, string>>, label?: string) =>
  draftCards([cardRow(columns, label)]).drafts[0]

const effectOf = (columns: Readonly<Record<string, string>>) =>
  draft({ Name: "Coin Bonus", ...columns })?.effectRaw

describe("a card's definition", () => {
  test("a card's definition holds what its row says", () => {
    const columns = {
      Name: "Coin Bonus",
      Rarity: "Epic",
      Description: "More coins.",
      Unlock: "Tier 3",
      Effect: "+5%",
    }
    expect(draft(columns)).toEqual({
      kind: "card",
      slug: "coin_bonus",
      name: "Coin Bonus",
      wikiPageUrl: "https://wiki.test/wiki/Cards",
      wikiEntityId: "coin_bonus",
      description: "More coins.",
      rarity: "Epic",
      effectRaw: "+5%",
      unlockText: "Tier 3",
      sourceRowId: 1,
      parameters: [],
    })
  })

  test.each([
    ["there is no such column", {}],
    ["its cell is blank", { Rarity: "" }],
    ["its cell is a dash", { Rarity: "—" }],
  ])("a card's rarity is its table's label where %s", (_, columns) => {
    expect(draft({ Name: "Coin Bonus", Effect: "+5%", ...columns }, "Common")?.rarity).toBe(
      "Common",
    )
  })

  test("a card's unlock text is read from either column", () => {
    const columns = { Name: "Coin Bonus", Effect: "+5%", Unlock: "", "Unlock Text": "Wave 40" }
    expect(draft(columns)?.unlockText).toBe("Wave 40")
  })

  test("what a card's row does not say is null", () => {
    expect(draft({ Name: "Coin Bonus", Effect: "", Description: "none" }, "")).toMatchObject({
      description: null,
      rarity: null,
      effectRaw: null,
      unlockText: null,
    })
  })
})

describe("a card's effect", () => {
  test("a card's effect is its column where that is not blank", () => {
    expect(effectOf({ Effect: "+5%", "Lv. 1": "1%" })).toBe("+5%")
  })

  test("a card's effect is otherwise its levels in numeric order, blanks skipped", () => {
    const columns = {
      Effect: "",
      "Lv. 10": "10%",
      "Lvl 2": "2%",
      "Level 3": "-",
      "lv 4": "",
      "LV.1": "1%",
      Levels: "7",
    }
    expect(effectOf(columns)).toBe("1% / 2% / 10%")
  })

  test.each([["Damage x #."], ["Damage X  [x]."], ["x# at most"], ["(× #)"]])(
    "bare numbers become multipliers where a card's description reads %p",
    (description) => {
      const levels = {
        "Lv. 1": "1.25",
        "Lv. 2": "2",
        "Lv. 3": "1,000",
        "Lv. 4": "+5%",
        "Lv. 5": "3x",
      }
      expect(effectOf({ Description: description, ...levels })).toBe(
        "x 1.25 / x 2 / x 1,000 / +5% / 3x",
      )
    },
  )

  test.each([["Adds #."], ["At max #."], ["x damage"], [""]])(
    "bare numbers stay bare where a card's description reads %p",
    (description) => {
      expect(effectOf({ Description: description, "Lv. 1": "1.25" })).toBe("1.25")
    },
  )
})
