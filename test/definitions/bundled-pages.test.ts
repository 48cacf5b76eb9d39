import { describe, expect, test } from "bun:test"
import * as Result from "effect/Result"
import { planRebuild } from "../../lib/definitions/plan.ts"
import { rebuildTargetNames } from "../../lib/definitions/targets.ts"
import type { LatestRow } from "../../lib/wiki/revisions/latest-rows.ts"
import { scrapePage } from "../../lib/wiki/scrape.ts"
import { bundledPages } from "../wiki/pages.ts"

const pages = new URL("../../lib/demo/wiki/", import.meta.url)

/** The rows of all bundled pages as a first capture would plan them. */
async function bundledRows(): Promise<readonly LatestRow[]> {
  const htmls = await Promise.all(
    bundledPages.map(({ fileName }) => Bun.file(new URL(fileName, pages)).text()),
  )
  return bundledPages
    .flatMap((page, index) => {
      const { pageUrl, pageRevision, tables } = Result.getOrThrow(
        scrapePage(page, htmls[index] ?? ""),
      )
      return tables.flatMap(({ headers, sourceSection, parseVersion, rows }) =>
        rows.map((row) => ({
          ...row,
          ...{ pageUrl, pageRevision, headers, sourceSection, parseVersion },
        })),
      )
    })
    .map((row, index) => ({ ...row, id: -1 - index }))
}

const plan = planRebuild(rebuildTargetNames, await bundledRows(), [])

const levelsOf = (slug: string, key: string) =>
  plan.levels
    .filter((level) => level.slug === slug && level.key === key)
    .map(({ level, valueRaw, costRaw }) => [level, valueRaw, costRaw])

describe("the definitions of the bundled pages", () => {
  test("the bundled pages have not drifted", () => {
    expect(plan.drift).toEqual([])
  })

  test.each([
    ["bots", 4, 16, 351],
    ["guardians", 5, 15, 722],
    ["ultimate_weapons", 9, 27, 586],
  ] as const)(
    "the bundled pages define %s: %d with %d parameters and %d levels",
    (target, definitions, parameters, levels) => {
      expect(plan.targets.find((own) => own.target === target)).toMatchObject({
        definitions: { created: definitions },
        parameters: { created: parameters },
        levels: { created: levels },
      })
    },
  )

  test.each([
    ["chain_lightning", 53],
    ["smart_missiles", 64],
    ["death_wave", 62],
    ["chrono_field", 61],
    ["inner_land_mines", 51],
    ["golden_tower", 81],
    ["poison_swamp", 62],
    ["black_hole", 61],
    ["spotlight", 91],
  ])("the bundled page of %s has %d levels", (weapon, count) => {
    expect(plan.levels.filter(({ slug }) => slug === weapon)).toHaveLength(count)
  })

  test("every parameter of a bot starts at level 0, which no row has", () => {
    const started = plan.levels.filter(({ level }) => level === 0)
    expect(started).toHaveLength(16)
    expect(
      new Set(started.map(({ sourceRowId, costRaw }) => [sourceRowId, costRaw].join())),
    ).toEqual(new Set([",0"]))
  })

  test("each bundled value is paired with its own cost", () => {
    expect(levelsOf("smart_missiles", "quantity").at(-1)).toEqual([16, "20#", "1500"])
    expect(levelsOf("golden_tower", "coins_multiplier").at(-1)).toEqual([21, "21.0x", "2000"])
    expect(levelsOf("spotlight", "angle").at(-1)).toEqual([61, "90", "1,584"])
    expect(levelsOf("ally", "cooldown").at(-1)).toEqual([92, "30", "MAX"])
    expect(levelsOf("flame_bot", "damage_reduction").at(-1)).toEqual([25, "95%", "1060"])
  })

  test("a parameter has the unit that its values are written in", () => {
    const units = Object.fromEntries(
      plan.parameters.map(({ slug, key, unitKind }) => [`${slug}.${key}`, unitKind]),
    )
    expect(units).toMatchObject({
      "thunder_bot.linger": "percent",
      "inner_land_mines.damage_percent": "multiplier",
      "flame_bot.damage": "multiplier",
      "golden_bot.cooldown": "seconds",
      "fetch.find_chance": "percent",
      "black_hole.size": "count",
    })
  })

  test("a bundled card has the rarity of its table and the effect of its levels", () => {
    const cards = plan.definitions.filter(({ kind }) => kind === "card")
    const coins = cards.find(({ slug }) => slug === "coins")
    expect(coins?.rarity).toBe("Common")
    expect(coins?.effectRaw).toBe("x 1.25 / x 1.35 / x 1.45 / x 1.55 / x 1.65 / x 1.75 / x 1.85")
    expect(
      cards.filter(({ effectRaw, unlockText }) => effectRaw === null || unlockText === null),
    ).toEqual([])
  })
})
