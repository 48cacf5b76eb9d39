import { describe, expect, test } from "bun:test"
import * as fc from "fast-check"
import { shiftedDecimal } from "../../../../lib/battle-reports/reader/values/decimal.ts"
import {
  maximumDigits,
  readQuantity,
} from "../../../../lib/battle-reports/reader/values/quantity.ts"
import { compact, suffixes } from "./compact-quantity.ts"

const readingOf = (text: string): string => {
  const quantity = readQuantity(text)
  return quantity._tag === "Value" ? `${quantity.kind} ${quantity.value}` : quantity._tag
}

describe("a quantity", () => {
  test.each([
    ["0", "plain 0"],
    ["0.00", "plain 0"],
    ["373165", "plain 373165"],
    ["17.55M", "plain 17550000"],
    ["1.30Q", "plain 1300000000000000000"],
    ["44.09ab", `plain 4409${"0".repeat(37)}`],
    ["1az", `plain 1${"0".repeat(36 + 25 * 3)}`],
    ["1ba", `plain 1${"0".repeat(36 + 26 * 3)}`],
    ["12k", "plain 12000"],
    ["$55.90M", "currency 55900000"],
    ["$0", "currency 0"],
    ["$1,234,567.89", "currency 1234567.89"],
    ["1,234.5K", "plain 1234500"],
    ["x8.00", "multiplier 8"],
    ["x0.00", "multiplier 0"],
    ["2.5x", "multiplier 2.5"],
    ["×1.25", "multiplier 1.25"],
    ["15%", "multiplier 0.15"],
    ["0.5%", "multiplier 0.005"],
    ["-3.5", "plain -3.5"],
    ["-$2K", "currency -2000"],
    ["+7", "plain 7"],
    [".5", "plain 0.5"],
    ["12345678901234567890.123", "plain 12345678901234567890.123"],
  ])("a quantity written %p is %p", (text, expected) => {
    expect(readingOf(text)).toBe(expected)
  })

  test.each([
    "",
    "-",
    "$",
    "x",
    ".",
    "5.",
    "1.2.3",
    "Boss",
    "1e5",
    "1 000",
    "17.55 M",
    "1,23",
    ",123",
    "1234,567",
    "1,234,56",
    "1.5,000",
    "$5%",
    "x5%",
    "$5x",
    "10h 24m",
    "12:34",
    "12waves",
    "5é",
    "٣",
    "NaN",
    "Infinity",
  ])("a quantity written %p is unreadable", (text) => {
    expect(readQuantity(text)._tag).toBe("Unreadable")
  })

  test("a quantity keeps no more digits than a database column holds", () => {
    expect(readQuantity("9".repeat(maximumDigits))._tag).toBe("Value")
    expect(readQuantity("9".repeat(maximumDigits + 1))._tag).toBe("Unreadable")
  })

  test("a quantity with a suffix that is not on the scale names the suffix", () => {
    expect(readQuantity("5.00z")).toEqual({ _tag: "UnknownMagnitude", suffix: "z" })
    expect(readQuantity("$1.2AA")).toEqual({ _tag: "UnknownMagnitude", suffix: "AA" })
    expect(readQuantity("1aaa")).toEqual({ _tag: "UnknownMagnitude", suffix: "aaa" })
  })
})

const decimals = fc
  .tuple(
    fc.boolean(),
    fc.stringMatching(/^\d{1,60}$/, { size: "max" }),
    fc.integer({ min: -30, max: 2100 }),
  )
  .map(([negative, digits, exponent]) => shiftedDecimal(negative, digits, exponent))
  .filter((value) => value.length <= maximumDigits)

describe("quantities round-trip", () => {
  test("quantities round-trip written in the game's scale", () => {
    fc.assert(
      fc.property(decimals, (value) => {
        expect(readQuantity(compact(value))).toEqual({ _tag: "Value", kind: "plain", value })
      }),
    )
  })

  test("quantities round-trip written out in full, as money and as a multiplier", () => {
    fc.assert(
      fc.property(decimals, (value) => {
        const unsigned = value.replace("-", "")
        expect(readingOf(value)).toBe(`plain ${value}`)
        expect(readingOf(`$${unsigned}`)).toBe(`currency ${unsigned}`)
        expect(readingOf(`x${unsigned}`)).toBe(`multiplier ${unsigned}`)
      }),
    )
  })

  test("quantities round-trip with grouping commas", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (value) => {
        expect(readingOf(value.toLocaleString("en-US"))).toBe(`plain ${value}`)
      }),
    )
  })

  test("quantities round-trip and each suffix scales the same digits", () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.constantFrom(...suffixes), (hundredths, suffix) => {
        const exponent = suffixes.indexOf(suffix) * 3 - 2
        const text = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`
        expect(readingOf(text + suffix)).toBe(
          `plain ${shiftedDecimal(false, String(hundredths), exponent)}`,
        )
      }),
    )
  })
})
