import { describe, expect, test } from "bun:test"
import * as Result from "effect/Result"
import { findEntity } from "../../../lib/definitions/drafts/levelled-entity.ts"
import { parameterSources } from "../../../lib/definitions/drafts/parameter-columns.ts"
import type { LevelledKind } from "../../../lib/definitions/registry.ts"

/** Pairs of value and cost header by key, or the reasons and headers of what is wrong. */
function pair(kind: LevelledKind, slug: string, headers: readonly string[]) {
  const entity = Result.getOrThrow(
    findEntity({ kind, slug, page: "https://wiki.test/wiki/Page", revision: null, table: null }),
  )
  return Result.match(parameterSources(entity, headers), {
    onSuccess: (sources) =>
      Object.fromEntries(
        sources.map((source) => [source.parameter.key, [source.valueHeader, source.costHeader]]),
      ),
    onFailure: (problems) => problems.map(({ reason, column }) => [reason, column]),
  })
}

describe("pairing of value and cost columns", () => {
  test("costs of one name go with the value before them", () => {
    const headers = ["Damage", "Cost", "Quantity", "Cost__2", "Cooldown", "Cost__3"]
    expect(pair("ultimate_weapon", "smart_missiles", headers)).toEqual({
      damage_multiplier: ["Damage", "Cost"],
      quantity: ["Quantity", "Cost__2"],
      cooldown: ["Cooldown", "Cost__3"],
    })
  })

  test("costs that name their value go with it, wherever they are", () => {
    const headers = [
      "Duration",
      "Stones (Cooldown)",
      "Slow",
      "Stone (Duration)",
      "Cooldown",
      "Stones(Slow)",
    ]
    expect(pair("ultimate_weapon", "chrono_field", headers)).toEqual({
      duration: ["Duration", "Stone (Duration)"],
      slow: ["Slow", "Stones(Slow)"],
      cooldown: ["Cooldown", "Stones (Cooldown)"],
    })
  })

  test("a currency in brackets names no value", () => {
    const headers = [
      "Cooldown",
      "Cost (Bits)",
      "Duration",
      "Cost (Bits)__2",
      "Cash Bonus",
      "Cost (Bits)__3",
    ]
    expect(pair("guardian_chip", "summon", headers)).toEqual({
      cooldown: ["Cooldown", "Cost (Bits)"],
      duration: ["Duration", "Cost (Bits)__2"],
      cash_bonus: ["Cash Bonus", "Cost (Bits)__3"],
    })
  })

  test("a bot's one cost is that of all its parameters", () => {
    const headers = ["Level", "Duration", "Cooldown", "Linger", "Range", "Cost"]
    expect(pair("bot", "thunder_bot", headers)).toEqual({
      duration: ["Duration", "Cost"],
      cooldown: ["Cooldown", "Cost"],
      linger: ["Linger", "Cost"],
      range: ["Range", "Cost"],
    })
  })

  test("parameters are in the registry's order, headers of any spelling", () => {
    const headers = [
      "MAX  recovery",
      "Bits",
      "Cooldown (s)",
      "Bits__2",
      "recovery amount (%)",
      "Bits__3",
    ]
    const sources = pair("guardian_chip", "ally", headers)
    expect(Object.entries(sources)).toEqual([
      ["recovery_amount", ["recovery amount (%)", "Bits__3"]],
      ["cooldown", ["Cooldown (s)", "Bits__2"]],
      ["max_recovery", ["MAX  recovery", "Bits"]],
    ])
  })

  test("columns without a header, and columns that only identify the row, are neither values nor costs", () => {
    const headers = [
      "Level",
      "Star",
      "col_2",
      "Duration",
      "Cooldown",
      "Bonus",
      "Range",
      "Cost",
      "col_8",
    ]
    expect(Object.keys(pair("bot", "golden_bot", headers))).toEqual([
      "duration",
      "cooldown",
      "multiplier",
      "range",
    ])
  })

  test("a cost may name its value by an alias", () => {
    const headers = [
      "Recovery Amount",
      "Bits",
      "Cooldown",
      "Bits__2",
      "Max Recovery",
      "Bits (Max Recovey)",
    ]
    expect(pair("guardian_chip", "ally", headers)).toMatchObject({
      max_recovery: ["Max Recovery", "Bits (Max Recovey)"],
    })
  })
})

describe("drift of a header list", () => {
  test("a renamed header is both unknown and missing", () => {
    const headers = ["Strength", "Cost", "Quantity", "Cost__2", "Cooldown", "Cost__3"]
    expect(pair("ultimate_weapon", "smart_missiles", headers)).toEqual([
      ["unknown-header", "Strength"],
      ["missing-header", "Damage"],
    ])
  })

  test("a value without its cost column is drift", () => {
    const headers = ["Damage", "Quantity", "Cost", "Cooldown", "Cost__2"]
    expect(pair("ultimate_weapon", "smart_missiles", headers)).toEqual([
      ["missing-cost-column", "Damage"],
    ])
  })

  test("a bot without its cost column is drift", () => {
    const headers = ["Level", "Duration", "Cooldown", "Bonus", "Range"]
    expect(pair("bot", "golden_bot", headers)).toEqual([
      ["missing-cost-column", "Duration"],
      ["missing-cost-column", "Cooldown"],
      ["missing-cost-column", "Bonus"],
      ["missing-cost-column", "Range"],
    ])
  })

  test("an extra parameter is drift", () => {
    const headers = ["Level", "Cost", "Duration", "Cooldown", "Bonus", "Range", "Charges"]
    expect(pair("bot", "golden_bot", headers)).toEqual([
      ["unknown-header", "Charges"],
      ["parameter-count", null],
    ])
  })

  test("a parameter that is there twice is drift", () => {
    const headers = [
      "Size",
      "Stones (Size)",
      "Duration",
      "Stones (Duration)",
      "Cooldown",
      "Stones (Cooldown)",
    ]
    expect(pair("ultimate_weapon", "black_hole", [...headers, "Size__2"])).toEqual([
      ["parameter-count", null],
    ])
  })

  test("two costs for one value are drift", () => {
    const headers = [
      "Damage",
      "Cost",
      "Stones (Damage)",
      "Quantity",
      "Cost__2",
      "Cooldown",
      "Cost__3",
    ]
    expect(pair("ultimate_weapon", "smart_missiles", headers)).toEqual([
      ["ambiguous-cost-column", "Damage"],
    ])
  })

  test("a cost before any value, or of a value that the table does not have, is drift", () => {
    const headers = [
      "Cost",
      "Damage",
      "Cost__2",
      "Quantity",
      "Cost__3",
      "Cooldown",
      "Cost__4",
      "Cost (Slow)",
    ]
    expect(pair("ultimate_weapon", "smart_missiles", headers)).toEqual([
      ["unknown-header", "Cost"],
      ["unknown-header", "Cost (Slow)"],
    ])
  })

  test("a cost in another currency is no cost", () => {
    const headers = [
      "Size",
      "Bits",
      "Duration",
      "Stones (Duration)",
      "Cooldown",
      "Stones (Cooldown)",
    ]
    expect(pair("ultimate_weapon", "black_hole", headers)).toEqual([
      ["unknown-header", "Bits"],
      ["parameter-count", null],
      ["missing-cost-column", "Size"],
    ])
  })
})
