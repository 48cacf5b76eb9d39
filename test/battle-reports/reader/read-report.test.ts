import { describe, expect, test } from "bun:test"
import * as Result from "effect/Result"
import { maximumReportBytes, readReport } from "../../../lib/battle-reports/reader/read-report.ts"
import type { Reading } from "../../../lib/battle-reports/reader/reading.ts"
import { readQuantity } from "../../../lib/battle-reports/reader/values/quantity.ts"
import { isQuantityLine } from "../../../lib/battle-reports/reader/vocabulary/known-line.ts"
import { canonicalName } from "../../../lib/battle-reports/reader/vocabulary/known-names.ts"
import {
  classicSections,
  generalLines,
  sectionedSections,
} from "../../../lib/battle-reports/reader/vocabulary/labels.ts"
import {
  fieldsOf,
  fixture,
  read,
  saidBy,
  seamlessSpacings,
  spacings,
  writeReport,
} from "./report-text.ts"

const valuesOf = (metrics: Reading["metrics"]) =>
  [...metrics].map(([key, { value }]) => [key, value])

describe("our own reports", () => {
  test("the sample reports have every line the tables know of their layout", async () => {
    const labelsOf = async (layout: "classic" | "sectioned") =>
      new Set(
        fieldsOf(await fixture(layout)).map(({ section, label }) =>
          canonicalName(`${section} ${label}`),
        ),
      )
    const classic = await labelsOf("classic")
    const sectioned = await labelsOf("sectioned")
    // The first of two spellings, or that of a later version of the game, is in our own reports.
    const otherSpellings = [
      "Tagged by Deathwave",
      "Reroll Shards Fetched",
      "Orb Hits",
      "Blackhole Damage",
      "Coins from Blackhole",
      "Coins from Orbs",
      "Saboteurs",
      "Commanders",
      "Overcharges",
      "Coins Stolen",
      "Guardian catches",
      "Coins / Kill",
      "Other Coin Bonuses",
    ]
    for (const { section, lines } of classicSections) {
      for (const { label } of lines) {
        if (otherSpellings.includes(label)) continue
        expect(classic).toContain(canonicalName(`${section} ${label}`))
      }
    }
    for (const { section, lines } of sectionedSections) {
      for (const { label } of lines) {
        if (otherSpellings.includes(label)) continue
        expect(sectioned).toContain(canonicalName(`${section} ${label}`))
      }
    }
  })

  test.each([
    // Tier, wave, coins, cash, gem blocks, cells and reroll shards are progress fields only.
    ["classic", 7],
    // Wave, coins and cells; again coins, cells, cash, gem blocks and reroll shards under their sections.
    ["sectioned", 8],
  ] as const)(
    "the sample reports lose no number of the %s layout",
    async (layout, progressOnly) => {
      const text = await fixture(layout)
      const { metrics, summary } = read(text)
      const kept = new Set([
        ...[...metrics.values()].map(({ value }) => value),
        ...Object.values(summary).map(String),
      ])
      const numbers = fieldsOf(text).flatMap(({ value }) => {
        const quantity = readQuantity(value ?? "")
        return quantity._tag === "Value" ? [quantity.value] : []
      })
      for (const number of numbers) expect(kept).toContain(number)
      expect(metrics.size).toBe(numbers.length - progressOnly)
    },
  )

  test.each(Object.entries({ ...spacings, ...seamlessSpacings }))(
    "the sample reports say the same with %s",
    async (_, spacing) => {
      for (const layout of ["classic", "sectioned"] as const) {
        const text = await fixture(layout)
        expect(saidBy(writeReport(fieldsOf(text), spacing))).toEqual(saidBy(text))
      }
    },
  )

  test("the sample reports say the same with any run of blanks as one space", async () => {
    for (const layout of ["classic", "sectioned"] as const) {
      const text = await fixture(layout)
      expect(saidBy(text.replace(/\s+/g, " "))).toEqual(saidBy(text))
      expect(saidBy(text.replace(/[ \t]+/g, " "))).toEqual(saidBy(text))
    }
  })

  test("the sample reports say the same in any case", async () => {
    for (const layout of ["classic", "sectioned"] as const) {
      const text = await fixture(layout)
      const shouted = fieldsOf(text).map((field) => ({
        ...field,
        section: field.section?.toUpperCase() ?? null,
        label: field.label.toUpperCase(),
      }))
      for (const spacing of Object.values(spacings)) {
        expect(read(writeReport(shouted, spacing))).toEqual(read(text))
      }
    }
  })
})

describe("the classic layout", () => {
  test("a report in the classic layout fills the summary's fields", async () => {
    expect<object>(read(await fixture("classic")).summary).toEqual({
      battleDate: "2026-01-17T08:05:00.000Z",
      tier: 9,
      tournamentBracket: null,
      wave: 2345,
      realTimeSeconds: 14_400,
      gameTimeSeconds: 65_560,
      killedBy: "Ranged",
      coinsEarned: "48200000000",
      coinsEarnedRaw: "48.20B",
      cashEarned: "310400000",
      cashEarnedRaw: "$310.40M",
      interestEarned: "12750000",
      interestEarnedRaw: "$12.75M",
      gemBlocksTapped: "4",
      cellsEarned: "9870",
      rerollShardsEarned: "1620",
    })
  })

  test("the classic layout keeps its metrics under the tables' keys and the slugs of the labels", async () => {
    const { metrics } = read(await fixture("classic"))
    const known = [...generalLines, ...classicSections.flatMap(({ lines }) => lines)]
    for (const { key } of known.filter(isQuantityLine)) {
      if (key !== undefined) expect(metrics.has(key)).toBe(true)
    }
    expect([...metrics.keys()].slice(0, 4)).toEqual([
      "coins_per_hour",
      "interest_earned",
      "cells_per_hour",
      "damage_dealt",
    ])
    for (const key of ["projectiles_count", "lifesteal", "total_elites", "waves_skipped"]) {
      expect(metrics.has(key)).toBe(true)
    }
    expect<unknown>(metrics.get("damage_gain_from_berserk")).toEqual({ value: "6.5", raw: "x6.50" })
  })

  test("the classic layout lists bots and ultimate weapons by name", async () => {
    const { bots, ultimateWeapons } = read(await fixture("classic"))
    expect(bots).toEqual(["Flame Bot", "Golden Bot"])
    expect(ultimateWeapons).toEqual([
      { name: "Chain Lightning", role: "combat" },
      { name: "Death Wave", role: "combat" },
      { name: "Golden Tower", role: "utility" },
      { name: "Black Hole", role: "utility" },
    ])
  })

  test("a report that lists ultimate weapons alone is a report, by any of the lists' names", () => {
    const listed = (label: string) => read(`Battle Report\n${label}: Black Hole\n`).ultimateWeapons
    expect(listed("Combat UWs")).toEqual([{ name: "Black Hole", role: "combat" }])
    expect(listed("Combat UW")).toEqual([{ name: "Black Hole", role: "combat" }])
    expect(listed("Utility UWs")).toEqual([{ name: "Black Hole", role: "utility" }])
    expect(listed("Utility UW")).toEqual([{ name: "Black Hole", role: "utility" }])
    expect(listed("Ultimate Weapon")).toEqual([{ name: "Black Hole", role: null }])
  })
})

describe("the sectioned layout", () => {
  test("a report in the sectioned layout fills the summary's fields from the opening lines and the sections", async () => {
    expect(read(await fixture("sectioned")).summary).toMatchObject({
      battleDate: "2026-02-03T19:40:00.000Z",
      tier: 14,
      tournamentBracket: "14+",
      killedBy: null,
      coinsEarned: "6600000000000000",
      coinsEarnedRaw: "6.60q",
      cashEarned: "2750000000000",
      interestEarned: "41900000",
      cellsEarned: "88400",
    })
  })

  test("the sectioned layout keeps its metrics under the tables' keys and the slugs of section and label", async () => {
    const { metrics } = read(await fixture("sectioned"))
    for (const { section, lines } of sectionedSections) {
      for (const line of lines.filter(isQuantityLine)) {
        if (line.key !== undefined) expect(metrics.has(line.key)).toBe(true)
        else if (line.field === undefined) {
          const key = `${section} ${line.label}`.toLowerCase().match(/\w+/g)?.join("_")
          expect(metrics.has(key ?? "")).toBe(true)
        }
      }
    }
    expect([...metrics.keys()].slice(0, 3)).toEqual([
      "coins_per_hour",
      "cells_per_hour",
      "records_highest_coins_minute",
    ])
  })

  test("the sectioned layout's repetitions of summary fields are not kept as metrics", async () => {
    const { metrics } = read(await fixture("sectioned"))
    expect(metrics.has("coins_coins_earned")).toBe(false)
    expect(metrics.has("currencies_cells_earned")).toBe(false)
  })
})

describe("a line", () => {
  const said = (...lines: readonly string[]) =>
    read(["Battle Report", "Tier\t9", ...lines].join("\n"))

  test("a zero is a value, and an empty text is none", () => {
    expect<unknown>(said("Coins earned\t0").summary.coinsEarned).toBe("0")
    expect(said("Coins earned\t").summary.coinsEarned).toBeNull()
    expect(said("Thorn damage\t").metrics.size).toBe(0)
  })

  test.each([
    "Coins earned\t$5",
    "Coins earned\t2h 3m 4s",
    "Coins earned\tx8.00",
    "Coins From Orb\t15%",
    "Thorn damage\t$5.00K",
    "Boss\tx2.00",
    "Damage Gain From Berserk\t$5",
    "Interest earned\t15%",
    "Wave\tx3.00",
    "Wave\t1.5",
    "Wave\t5.00q",
    "Tier\tnine",
    "Real Time\t5 waves",
    "Battle Date\tyesterday",
  ])("a line whose unit contradicts the field's is not taken: %p", (line) => {
    const { summary, metrics } = said(line)
    const { tier, coinsEarnedRaw, interestEarnedRaw, ...rest } = summary
    expect(tier).toBe(9)
    expect(Object.values(rest).filter((value) => value !== null)).toEqual([])
    expect(metrics.size).toBe(0)
  })

  test("a line of a bare number contradicts no unit", () => {
    expect<unknown>(said("Cash earned\t5").summary.cashEarned).toBe("5")
    expect<unknown>(
      said("Damage Gain From Berserk\t8").metrics.get("damage_gain_from_berserk")?.value,
    ).toBe("8")
  })

  test("a line keeps money as written even where it cannot be read", () => {
    expect(said("Coins earned\t5.00zz9").summary).toMatchObject({
      coinsEarned: null,
      coinsEarnedRaw: "5.00zz9",
    })
  })

  test("a line with an unknown magnitude has no value and names the suffix once", () => {
    const report = said("Coins earned\t5.00z", "Thorn damage\t1z", "Orb Damage\t2AA", "Flux\t3h")
    expect(report.unknownSuffixes).toEqual(["z", "AA"])
    expect(report.metrics.size).toBe(0)
    expect(report.summary.coinsEarned).toBeNull()
  })

  test("a line of an unknown label is kept whatever its unit", () => {
    const { metrics } = said("Flux\t$5", "Flux Gain\tx2.50", "Flux Share\t15%", "Flux Mood\tgood")
    expect<unknown>(valuesOf(metrics)).toEqual([
      ["flux", "5"],
      ["flux_gain", "2.5"],
      ["flux_share", "0.15"],
    ])
  })

  test("a line that contradicts the first of its summary field is kept as a metric", () => {
    const { summary, metrics } = said("Coins Earned\t5", "Records", "Coins Earned\t6", "Wave\t7")
    expect(summary).toMatchObject({ coinsEarned: "5", wave: 7 })
    expect<unknown>(valuesOf(metrics)).toEqual([["records_coins_earned", "6"]])
  })

  test("the first readable line of a summary field fills it", () => {
    expect(said("Coins Earned\tmany", "Coins", "Coins Earned\t6").summary).toMatchObject({
      coinsEarned: "6",
      coinsEarnedRaw: "6",
    })
  })

  test("a line with the key of an earlier one has a key of its own", () => {
    const { metrics } = said("Combat", "Flux\t1", "Guardian", "Flux\t2", "Flux\t3")
    expect<unknown>(valuesOf(metrics)).toEqual([
      ["flux", "1"],
      ["guardian_flux", "2"],
      ["guardian_flux_2", "3"],
    ])
  })

  test("a line of either spelling of a label has the same key", () => {
    for (const label of ["Tagged by Deathwave", "Tagged by Death Wave"]) {
      expect([...said(`${label}\t5`).metrics.keys()]).toEqual(["tagged_by_death_wave"])
    }
    for (const label of ["Reroll Shards", "Reroll Shards Fetched"]) {
      expect([...said("Guardian", `${label}\t5`).metrics.keys()]).toEqual([
        "guardian_reroll_shards_fetched",
      ])
    }
  })
})

describe("a text", () => {
  const failure = (text: string) =>
    Result.match(readReport(text), { onSuccess: () => null, onFailure: (error) => error })

  test("a text is a report from one readable line on, whatever stands before the heading", () => {
    expect(failure("\ufeff\r\n  battle report Tier 9")).toBeNull()
    expect(failure("Battle Report\nKilled By\tBoss")).toBeNull()
  })

  test.each(["", "Tier\t9", "My Battle Report\nTier\t9", "Battle Reports\nTier\t9"])(
    "a text without the heading is no report: %p",
    (text) => {
      expect(failure(text)).toMatchObject({ _tag: "NotABattleReport", reason: "no heading" })
    },
  )

  test.each([
    "Battle Report",
    "Battle Report\nof yesterday",
    "Battle Report\nTier\tnine\nCoins earned\tmany",
    "Battle Report\nGuests\t12",
  ])("a text without a known label and a readable value is no report: %p", (text) => {
    const error = failure(text)
    expect(error).toMatchObject({ _tag: "NotABattleReport", reason: "no readable line" })
    expect(error?.message).toContain(`"${text.replace(/\s+/g, " ")}"`)
  })

  test("a text may be as long as the limit, in bytes, and no longer", () => {
    const report = "Battle Report\nTier\t9\n"
    const padding = (bytes: number) => "é".repeat(bytes / 2)
    const room = maximumReportBytes - report.length
    expect(failure(report + padding(room - (room % 2)))).toBeNull()
    expect(failure(report + padding(room + 2))).toMatchObject({
      _tag: "BattleReportTooLarge",
      limit: maximumReportBytes,
    })
    expect(failure("x".repeat(maximumReportBytes + 1))?._tag).toBe("BattleReportTooLarge")
  })
})
