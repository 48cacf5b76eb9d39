import { describe, expect, test } from "bun:test"
import {
  costIn,
  isCost,
  isPlaceholder,
  isQuantity,
  isTotal,
  isTotalLabel,
  numberIn,
  readLevel,
} from "../../../lib/wiki/tables/cells.ts"

describe("placeholders and totals", () => {
  test.each(["", " ", "-", "—", "–", "null", "None", " NULL "])("%j is a placeholder", (text) => {
    expect(isPlaceholder(text)).toBe(true)
  })

  test.each(["0", "--", "N/A", "none left", "total"])("%j is no placeholder", (text) => {
    expect(isPlaceholder(text)).toBe(false)
  })

  test.each([
    ...["total", "Totals", " TOTAL ", "Total:", "Grand Total", "Total 20", "subtotal", "Sum"],
    ...["Total cost", "Total Stones", "Total: 295", "Total cost: 1,295 Stones", "Sub-total"],
  ])("%j labels a sum", (text) => {
    expect(isTotal(text)).toBe(true)
  })

  test.each(["", "Total Recall", "Totally", "Summon", "5 total", "Total damage +5%"])(
    "%j labels no sum",
    (text) => {
      expect(isTotal(text)).toBe(false)
    },
  )
})

describe("the label of a row", () => {
  test.each(["Total", "Total for all levels", "Sum of stones", "Grand total (max)"])(
    "%j makes it a sum",
    (text) => expect(isTotalLabel(text)).toBe(true),
  )

  test.each(["Summon", "Totally new", "1", ""])("%j makes it none", (text) =>
    expect(isTotalLabel(text)).toBe(false),
  )
})

describe("the number of a level", () => {
  test.each([
    ...([
      ["2*", 2],
      ["3 (MAX)", 3],
      ["Lv. 4", 4],
      ["#5", 5],
      ["\uff11", 1],
      ["1,000", 1000],
    ] as const),
    ...([
      ["7\u00b2", 7],
      ["8 [note 1]", 8],
      ["Level 9\u2020", 9],
      ["0", 0],
      ["10^", 10],
      ["No. 6", 6],
    ] as const),
  ])("%j is %d", (text, level) => {
    expect(readLevel(text)).toBe(level)
  })

  test.each(["1-2", "1.5", "2 3", "-1", "MAX", "", "v2", "2 (was 3) 4", "[1]"])(
    "%j cannot be read as one",
    (text) => expect(readLevel(text)).toBeNull(),
  )
})

describe("the cells of a level", () => {
  test.each([
    ...["5.0\u00d7", "x3.50", "X 0.01", "$1", "+5%", "14,052", "20s", "5 sec", "25m", "3#"],
    ...["-4", "-1,250", "-0.5%"],
  ])("a value may be %j", (text) => expect(isQuantity(text)).toBe(true))

  test.each([
    "26 Labs",
    "N/A",
    "???",
    "2.4Cite error",
    "1,00",
    "1-2",
    "x",
    "5 km",
    "- 4",
    "--4",
    "x-4",
    "-007",
    "0117",
    "0,500",
    "",
    "Template:X",
  ])("a value is not %j", (text) => expect(isQuantity(text)).toBe(false))

  test.each(["0", "14,052", "MAX", "Free", "Unlock"])("a cost may be %j", (text) =>
    expect(isCost(text)).toBe(true),
  )

  test("the number of a negative value is negative", () => {
    expect([numberIn("-4"), numberIn("-1,250.5%")]).toEqual([-4, -1250.5])
    expect(numberIn("-123,456,789,012,345")).toBe(-123_456_789_012_345)
  })

  test("a number of more digits than can be exact is not known as one", () => {
    expect(numberIn("x123,456,789,012,345")).toBe(123_456_789_012_345)
    expect(numberIn("1234567890123456")).toBeNull()
    expect([costIn("Free"), costIn("1,295"), costIn("MAX")]).toEqual([0, 1295, null])
  })

  test.each(["5.5", "007", "4,900 Bits", "x2", "-4", "n/a", ""])("a cost is not %j", (text) =>
    expect(isCost(text)).toBe(false),
  )
})
