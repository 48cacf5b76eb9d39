import { describe, expect, test } from "bun:test"
import { unitOfValues } from "../../../lib/definitions/drafts/parameters.ts"

describe("unitOfValues", () => {
  test.each([
    [["20%", "23%"], "percent"],
    [["15s", "16 s"], "seconds"],
    [["5.0×", "17.8x", "x2.0", "× 3"], "multiplier"],
    [["1#", "2#"], "count"],
  ] as const)("the unit is the one that %p agree on", (values, unit) => {
    const registered = unit === "percent" ? "seconds" : "percent"
    expect(unitOfValues(values, registered)).toBe(unit)
  })

  test.each([
    ["bare numbers", ["27", "29"]],
    ["a notation that is no unit", ["25m", "27m"]],
    ["values that disagree", ["20%", "5s"]],
    ["values of which some are bare", ["20s", "20.5"]],
    ["values of which some are words", ["20s", "MAX"]],
    ["no values", []],
  ])("the unit is the registry's for %s", (_, values) => {
    expect(unitOfValues(values, "multiplier")).toBe("multiplier")
  })
})
