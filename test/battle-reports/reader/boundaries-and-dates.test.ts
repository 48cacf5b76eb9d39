import { expect, setDefaultTimeout, test } from "bun:test"
import * as Result from "effect/Result"
import * as fc from "fast-check"
import { readReport } from "../../../lib/battle-reports/reader/read-report.ts"
import { patience } from "../../support/long-run.ts"
import { anyReport } from "./any-report.ts"
import { read, seamlessSpacings, spacings, writeReport } from "./report-text.ts"

setDefaultTimeout(patience)

const everySpacing = Object.values({ ...spacings, ...seamlessSpacings })

test("two runs in one file are two reports, or refused", () => {
  fc.assert(
    fc.property(anyReport, anyReport, fc.constantFrom(...everySpacing), (a, b, spacing) => {
      const other = b.map((field) => {
        if (field.label === "Game Time") return { ...field, value: "9h 9m 9s" }
        return field.label === "Wave" ? { ...field, value: "10001" } : field
      })
      const headless = writeReport(other, spacing).replace("Battle Report", "")
      const both = readReport(writeReport(a, spacing) + spacing.lineBreak + headless)
      expect(Result.isFailure(both)).toBe(true)
    }),
    { numRuns: 200 },
  )
})

test("another heading with fields after it makes two runs of one text", () => {
  const text = "Battle Report\nTier\t9\nWave\t20\n"
  expect(Result.isFailure(readReport(`${text}${text}`))).toBe(true)
  expect(Result.isSuccess(readReport(`${text}Battle Report\n`))).toBe(true)
})

test("the refusal of two runs names the line that is of the second", () => {
  const run = "Game Time\t1h\nTier\t9\nWave\t20\nCoins earned\t5\n"
  const message = (text: string) => {
    const refused = readReport(text)
    return Result.isFailure(refused) ? refused.failure.message : ""
  }
  expect(message(`Battle Report\n${run}${run.replace("9", "10").replace("20", "30")}`)).toContain(
    'its line 7, "Tier 10", is of the second',
  )
  expect(message(`> Battle Report\n> Tier 9\n>\n> Battle Report\n> Tier 9`)).toContain(
    'its line 5, "Tier 9", is of the second',
  )
})

test("a number that contradicts the report's decimal sign is not taken", () => {
  const both = read("Battle Report\nTier\t9\nCoins earned\t1.50M\nCash earned\t$2,5M\n")
  expect(both.summary).toMatchObject({ coinsEarned: "1500000", cashEarned: null })
  expect(both.notUnderstood.values).toEqual([["Cash earned", "$2,5M"]])
  const grouped = read("Battle Report\nTier\t9\nCoins earned\t1.50M\nCash earned\t$2,500\n")
  expect(grouped.summary).toMatchObject({ cashEarned: "2500" })
  const commas = read("Battle Report\nTier\t9\nCoins earned\t1,50M\nCash earned\t$2,500\n")
  expect(commas.summary).toMatchObject({ coinsEarned: "1500000", cashEarned: null })
})

test("a date is the wall clock of the player's time zone, the earlier instant where it is doubtful", () => {
  const dateIn = (date: string, timeZone: string) =>
    Result.getOrThrow(readReport(`Battle Report\nBattle Date\t${date}\nTier\t9\n`, { timeZone }))
      .summary.battleDate
  expect(dateIn("Jul 15, 2026 06:46", "UTC")).toBe("2026-07-15T06:46:00.000Z")
  expect(dateIn("Jul 15, 2026 06:46", "America/New_York")).toBe("2026-07-15T10:46:00.000Z")
  expect(dateIn("Dec 31, 2025 23:30", "Asia/Tokyo")).toBe("2025-12-31T14:30:00.000Z")
  // Clocks went from 02:00 to 03:00, and from 03:00 back to 02:00.
  expect(dateIn("Mar 29, 2026 02:30", "Europe/Berlin")).toBe("2026-03-29T00:30:00.000Z")
  expect(dateIn("Oct 25, 2026 02:30", "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z")
  expect(dateIn("2026-07-15 06:46+09:00", "Europe/Berlin")).toBe("2026-07-14T21:46:00.000Z")
})

test("a date that cannot be read is said, and is not the time of storing", () => {
  for (const date of ["Foo 15, 2026 06:46", "lis 20, 2025", "Feb 30, 2026 10:00"]) {
    const { summary, notUnderstood } = read(`Battle Report\nBattle Date\t${date}\nTier\t9\n`)
    expect(summary.battleDate).toBeNull()
    expect(notUnderstood.date).toBe(date)
  }
})

test("a report in another language is refused by the name of the language", () => {
  const lines = [
    "Kampfbericht",
    "Datum 15. Juli 2026 06:46",
    "Spielzeit 5h 43m 19s",
    "Welle 2558",
    "Stufe 9",
    "Münzen 872,38q",
  ]
  for (const lineBreak of ["\n", " ", ""]) {
    const refused = readReport(lines.join(lineBreak))
    expect(Result.isFailure(refused) && refused.failure.message).toBe(
      "This report is in German; the suite reads English ones. Set the game's language to English and copy it again.",
    )
  }
  const prose = readReport("Kampfbericht vom 15. Juli, Welle 2558")
  expect(Result.isFailure(prose) && prose.failure._tag).toBe("NotABattleReport")
})

test("a report of summer 2025 without heading and sections is read", () => {
  const { summary, metrics } = read(
    "Game Time  1d 1h\nReal Time  5h\nTier  9\nWave  20\nOrb Hits  7\nFlame bot damage  0\nDamage  3.00q\nCoins Stolen  4.00B\nGems  5\n",
  )
  expect(summary).toMatchObject({ tier: 9, wave: 20, battleDate: null })
  const lost = read(
    "Game Time  1d 1hReal Time  5hTier  9Wave  20Orb Hits  7Coins Stolen  4.00BGems  5",
  )
  expect(lost.summary).toMatchObject({ tier: 9, wave: 20, realTimeSeconds: 18_000 })
  expect([...lost.metrics.keys()]).toContain("guardian_gems_fetched")
  expect([...metrics].map(([key, { raw }]) => [key, raw])).toEqual([
    ["enemies_hit_by_orbs", "7"],
    ["flame_bot_damage", "0"],
    ["guardian_damage", "3.00q"],
    ["guardian_coins_stolen", "4.00B"],
    ["guardian_gems_fetched", "5"],
  ])
})
