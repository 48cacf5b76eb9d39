import { describe, expect, test } from "bun:test"
import * as fc from "fast-check"
import {
  isPositive,
  shiftedDecimal,
  toInteger,
} from "../../../../lib/battle-reports/reader/values/decimal.ts"

const digits = fc.stringMatching(/^\d{1,40}$/, { size: "max" })

describe("a shifted decimal", () => {
  test.each([
    ["4409", 37, "44090000000000000000000000000000000000000"],
    ["15", -2, "0.15"],
    ["800", -2, "8"],
    ["007", 0, "7"],
    ["1250", -3, "1.25"],
    ["5", -4, "0.0005"],
    ["000", 5, "0"],
    ["", 0, "0"],
  ])("a shifted decimal of %p by 10^%p is %p", (written, exponent, expected) => {
    expect<string>(shiftedDecimal(false, written, exponent)).toBe(expected)
  })

  test("a shifted decimal is negative unless it is zero", () => {
    expect<string>(shiftedDecimal(true, "35", -1)).toBe("-3.5")
    expect<string>(shiftedDecimal(true, "0", 3)).toBe("0")
  })

  test("a shifted decimal equals the same digits as a big integer", () => {
    fc.assert(
      fc.property(digits, fc.nat(60), (written, exponent) => {
        const expected = BigInt(written) * 10n ** BigInt(exponent)
        expect<string>(shiftedDecimal(false, written, exponent)).toBe(String(expected))
      }),
    )
  })

  test("a shifted decimal is canonical whatever it is made from", () => {
    fc.assert(
      fc.property(fc.boolean(), digits, fc.integer({ min: -60, max: 60 }), (negative, text, by) => {
        expect(shiftedDecimal(negative, text, by)).toMatch(
          /^(?:0|-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?)$/,
        )
      }),
    )
  })
})

test("only numbers above zero are positive", () => {
  expect(isPositive(shiftedDecimal(false, "1", -3))).toBe(true)
  expect(isPositive(shiftedDecimal(false, "0", 0))).toBe(false)
  expect(isPositive(shiftedDecimal(true, "1", 0))).toBe(false)
})

test("only whole numbers that a database integer holds become integers", () => {
  expect(toInteger(shiftedDecimal(false, "76", 2))).toBe(7600)
  expect(toInteger(shiftedDecimal(false, "0", 0))).toBe(0)
  expect(toInteger(shiftedDecimal(false, "2147483647", 0))).toBe(2147483647)
  expect(toInteger(shiftedDecimal(false, "2147483648", 0))).toBeNull()
  expect(toInteger(shiftedDecimal(false, "15", -1))).toBeNull()
  expect(toInteger(shiftedDecimal(true, "1", 0))).toBeNull()
})
