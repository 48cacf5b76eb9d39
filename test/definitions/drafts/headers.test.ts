import { describe, expect, test } from "bun:test"
import { normaliseHeader, readCostHeader } from "../../../lib/definitions/drafts/headers.ts"

describe("normaliseHeader", () => {
  test.each([
    ["Cooldown", "cooldown"],
    ["  COOLDOWN ", "cooldown"],
    ["Cooldown (s)", "cooldown"],
    ["Cooldown(s)", "cooldown"],
    ["Cooldown (sec)", "cooldown"],
    ["Find\u00a0 Chance (%)", "find chance"],
    ["Damage %", "damage"],
    ["Bits__2", "bits"],
    ["Cooldown (s)__3", "cooldown"],
    ["Stones (Damage)", "stones (damage)"],
    ["Effect Wave Quantity", "effect wave quantity"],
  ])("the header %p is normalised to %p", (header, meaning) => {
    expect(normaliseHeader(header)).toBe(meaning)
  })
})

describe("readCostHeader", () => {
  const stones = ["cost", "stone", "stones"]

  test.each([["cost"], ["stones"], ["cost (stones)"]])(
    "the cost header %p names no value",
    (header) => {
      expect(readCostHeader(header, stones)).toEqual({ of: null })
    },
  )

  test.each([
    ["stones (damage)", "damage"],
    ["stone (duration)", "duration"],
    ["stones(bonus)", "bonus"],
    ["cost (cooldown (s))", "cooldown"],
  ])("the header %p is the cost of %p", (header, value) => {
    expect(readCostHeader(header, stones)).toEqual({ of: value })
  })

  test.each([["damage"], ["bits"], ["bits (damage)"], ["costs more"], ["(stones)"], ["stones ("]])(
    "the header %p is not a cost in stones",
    (header) => {
      expect(readCostHeader(header, stones)).toBeNull()
    },
  )
})
