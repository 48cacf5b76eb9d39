import { describe, expect, test } from "bun:test"
import type { Layout } from "../../../../lib/battle-reports/reader/vocabulary/known-names.ts"
import { knownName, nameIn } from "../../../../lib/battle-reports/reader/vocabulary/name-lookup.ts"
import {
  meaningIn,
  sectionContext,
} from "../../../../lib/battle-reports/reader/vocabulary/section-meaning.ts"

const keyOf = (section: string | null, label: string, layout: Layout) => {
  const name = knownName(label)
  const meaning = name && meaningIn(sectionContext(section, layout), name)
  return meaning?.kind === "quantity" ? meaning.metricKey : meaning?.kind
}

describe("a label", () => {
  test("a label is known in any case and spacing", () => {
    const text = "…COINS\u00a0 from  orb…"
    expect(nameIn(text, 1, text.length - 1)?.value).toBe(knownName("Coins From Orb"))
    expect(nameIn(text, 1, text.length - 1)?.text).toBe("COINS from orb")
    expect(knownName("Coins From Orbit")).toBeUndefined()
  })

  test("a label may be a section as well", () => {
    expect(knownName("Total Enemies")?.sectionOf).toEqual(new Set(["sectioned"]))
    expect(knownName("Utility")?.sectionOf).toEqual(new Set(["classic", "sectioned"]))
    expect(knownName("Thorn damage")?.sectionOf).toEqual(new Set())
  })

  test("a label means what its section says in the sectioned layout", () => {
    expect(keyOf("Coins", "Death Wave", "sectioned")).toBe("coins_from_death_wave")
    expect(keyOf("Damage", "Death Wave", "sectioned")).toBe("death_wave_damage")
    expect(keyOf("Enemies Hit By", "Death Wave", "sectioned")).toBe("tagged_by_death_wave")
    expect(keyOf("Damage Blocked", "Flame Bot", "sectioned")).toBe("damage_blocked_flame_bot")
    expect(keyOf("Utility", "Recovery Packages", "sectioned")).toBe("utility_recovery_packages")
    expect(keyOf(null, "Death Wave", "sectioned")).toBeUndefined()
  })

  test("a label means the same in every section of the classic layout", () => {
    expect(keyOf("Combat", "Thorn damage", "classic")).toBe("thorn_damage")
    expect(keyOf("Utility", "Thorn damage", "classic")).toBe("thorn_damage")
    expect(keyOf("Utility", "Recovery Packages", "classic")).toBe("recovery_packages")
    expect(keyOf("News", "Recovery Packages", "classic")).toBe("recovery_packages")
    expect(keyOf(null, "Basic", "classic")).toBe("enemies_destroyed_basic")
  })

  test("a label of the guardian needs its section", () => {
    expect(keyOf("Guardian", "Damage", "classic")).toBe("guardian_damage")
    expect(keyOf("Combat", "Damage", "classic")).toBeUndefined()
  })

  test("a label of a classic section keeps its meaning there in a mixed report", () => {
    expect(keyOf("Combat", "Lifesteal", "sectioned")).toBe("lifesteal")
  })

  test("a label of another section means nothing in an unknown section of the sectioned layout", () => {
    expect(keyOf("News", "Basic", "sectioned")).toBeUndefined()
    expect(keyOf("News", "Wave", "sectioned")).toBe("fact")
  })
})
