import { describe, expect, test } from "bun:test"
import { normaliseHeader, readCostHeader } from "../../lib/definitions/headers.ts"

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
  ])("reads %p as %p", (header, meaning) => {
    expect(normaliseHeader(header)).toBe(meaning)
  })
})

describe("readCostHeader", () => {
  const stones = ["cost", "stone", "stones"]

  test.each([["cost"], ["stones"], ["cost (stones)"]])("%p names no value", (header) => {
    expect(readCostHeader(header, stones)).toEqual({ of: null })
  })

  test.each([
    ["stones (damage)", "damage"],
    ["stone (duration)", "duration"],
    ["stones(bonus)", "bonus"],
    ["cost (cooldown (s))", "cooldown"],
  ])("%p is the cost of %p", (header, value) => {
    expect(readCostHeader(header, stones)).toEqual({ of: value })
  })

  test.each([["damage"], ["bits"], ["bits (damage)"], ["costs more"], ["(stones)"], ["stones ("]])(
    "%p is no cost in stones",
    (header) => {
      expect(readCostHeader(header, stones)).toBeNull()
    },
  )
})
