import { describe, expect, test } from "bun:test"
import { normaliseHeader } from "../../lib/definitions/drafts/headers.ts"
import { levelledKinds, parameterUnits } from "../../lib/definitions/registry.ts"

const entities = Object.values(levelledKinds).flatMap((rules) =>
  [...rules.entities].map(([slug, parameters]) => ({ slug, parameters, rules })),
)

describe("the registry", () => {
  test.each(entities)("the registry has distinct keys and headers for $slug", ({ parameters }) => {
    const keys = parameters.map(({ key }) => key)
    const spellings = parameters.flatMap(({ header, aliases = [] }) => [header, ...aliases])
    expect(new Set(keys).size).toBe(keys.length)
    expect(new Set(spellings.map(normaliseHeader)).size).toBe(spellings.length)
  })

  test.each(entities)("no value column of $slug is headed like a cost", ({ parameters, rules }) => {
    const headers = parameters.map(({ header }) => normaliseHeader(header))
    expect(headers.filter((header) => rules.costNames.includes(header))).toEqual([])
  })

  test("the registry has a value at level 0 for every parameter of a bot and for no other", () => {
    for (const { parameters, rules } of entities) {
      const started = parameters.filter(({ atLevelZero }) => atLevelZero !== undefined)
      expect(started.length).toBe(rules === levelledKinds.bot ? parameters.length : 0)
    }
  })

  test.each([
    ["amplify_bot", ["20s", "120s", "x3.50", "25m"]],
    ["bot_bot", ["20s", "120s", "x1.05", "20m"]],
    ["flame_bot", ["20%", "75s", "x50", "30m"]],
    ["golden_bot", ["20s", "120s", "2.0x", "20m"]],
    ["thunder_bot", ["5.0s", "120s", "20%", "25m"]],
  ])("the registry starts %s at level 0 with %j", (slug, values) => {
    const parameters = levelledKinds.bot.entities.get(slug) ?? []
    expect(parameters.map(({ atLevelZero }) => atLevelZero ?? null)).toEqual(values)
  })

  test("every parameter key is used in the registry", () => {
    const used = new Set<string>(entities.flatMap(({ parameters }) => parameters.map((p) => p.key)))
    expect(Object.keys(parameterUnits).filter((key) => !used.has(key))).toEqual([])
  })
})
