import { expect, test } from "bun:test"
import { readTier } from "../../../../lib/battle-reports/reader/values/tier.ts"

test("a number is a tier", () => {
  expect(readTier("11")).toEqual({ tier: 11, bracket: null })
})

test("a number with a plus is a tournament's tier and bracket", () => {
  expect(readTier("14+")).toEqual({ tier: 14, bracket: "14+" })
  expect(readTier("8 +")).toEqual({ tier: 8, bracket: "8+" })
})

test("nothing else is a tier", () => {
  for (const text of ["", "0", "+", "14++", "1.5", "-3", "XI", "99999", "14  +"]) {
    expect(readTier(text)).toBeNull()
  }
})
