import { expect, test } from "bun:test"
import { parseVersionsOf, rebuildTargets } from "../../lib/definitions/targets.ts"

test("the target all is every target", () => {
  expect(rebuildTargets("all")).toEqual(["cards", "bots", "guardians", "ultimate_weapons"])
})

test("any other target is itself alone", () => {
  expect(rebuildTargets("guardians")).toEqual(["guardians"])
})

test("cards are built from the card list, not from the slots", () => {
  expect(parseVersionsOf(["cards", "bots"])).toEqual(["cards_list_v1", "bots_v1"])
})
