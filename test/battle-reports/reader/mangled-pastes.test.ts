import { describe, expect, test } from "bun:test"
import { fieldsOf, fixture, read, saidBy, spacings, writeReport } from "./report-text.ts"

const sectioned = await fixture("sectioned")
const classic = await fixture("classic")

const said = (...lines: readonly string[]) => read(["Battle Report", ...lines].join("\n"))
const metricOf = (report: ReturnType<typeof said>, key: string): unknown =>
  report.metrics.get(key)?.value

describe("what follows a value on one line is never cut off it", () => {
  test.each(["Jan 17, 2026 08:05 PM", "Jan 17, 2026 08:05 GMT+2", "1月17, 2026 上午8:05"])(
    "a battle date written %p is said to be unreadable on one line",
    (date) => {
      const { summary, notUnderstood } = read(
        `Battle Report Battle Date ${date} Game Time 1h 2m 3s Tier 9 Wave 5`,
      )
      expect(summary).toMatchObject({ battleDate: null, gameTimeSeconds: 3723, tier: 9, wave: 5 })
      expect(notUnderstood.date).toBe(date)
    },
  )

  test.each(["5 h 43 min 19 s", "5 Std. 43 Min."])(
    "a game time written %p is said to be unreadable on one line",
    (time) => {
      const report = read(`Battle Report Tier 9 Game Time ${time} Real Time 1h Wave 5`)
      expect(report.summary).toMatchObject({ gameTimeSeconds: null, realTimeSeconds: 3600 })
      expect(report.notUnderstood).toEqual({
        labels: [],
        values: [["Game Time", time]],
        date: null,
      })
    },
  )

  test.each(["5 million", "5 Mio.", "5K M", "5.00K (75%)", "5 Mrd", "5,2 Milliarden", "5 MLN"])(
    "coins written %p are said to be unreadable on one line",
    (coins) => {
      const report = read(`Battle Report Tier 9 Coins earned ${coins} Cells Earned 7 Wave 5`)
      expect(report.summary.coinsEarned).toBeNull()
      expect(report.summary.wave).toBe(5)
      expect(report.notUnderstood.values).toEqual([["Coins earned", coins]])
    },
  )

  test("a word for a magnitude belongs to the number before it in sections, after unknown labels and at the end", () => {
    const report = read(
      "Battle Report Tier 9 Combat Damage Dealt 5 Mrd Damage Taken 6 Mrd Crystals 7 Mio Wave 8 Mio",
    )
    expect([...report.metrics.keys()]).toEqual([])
    expect(report.summary).toMatchObject({ tier: 9, wave: null })
    expect(report.notUnderstood).toEqual({
      labels: [["Crystals", "7 Mio"]],
      values: [
        ["Damage Dealt", "5 Mrd"],
        ["Damage Taken", "6 Mrd"],
        ["Wave", "8 Mio"],
      ],
      date: null,
    })
  })

  test("an enemy on one line does not take in a label whose value is no number", () => {
    const { summary } = read("Battle Report Tier 9 Killed By Scatter Coins earned ? Cells Earned 7")
    expect(summary).toMatchObject({ killedBy: "Scatter", coinsEarned: null })
  })

  test("a magnitude with a capital and a small letter is not cut where line breaks were deleted", () => {
    const report = read("Battle ReportTier\t9Lifesteal\t5.00KkBoss\t7")
    expect(metricOf(report, "lifesteal")).toBeUndefined()
    expect(metricOf(report, "enemies_destroyed_boss")).toBe("7")
    expect(report.notUnderstood.values).toEqual([["Lifesteal", "5.00Kk"]])
  })
})

test.each(["€5.00K", "US$5.00K", "٥", "５", "~5", "∞", "NaN"])(
  "a value written %p is said to be unreadable after a tab, after a blank and on one line",
  (value) => {
    for (const { separator, lineBreak } of [
      spacings.tabs,
      spacings["single spaces"],
      spacings["one line with tabs"],
    ]) {
      const report = read(
        [
          "Battle Report",
          `Tier${separator}9`,
          `Boss${separator}${value}`,
          `Fast${separator}7`,
        ].join(lineBreak),
      )
      expect(metricOf(report, "enemies_destroyed_boss")).toBeUndefined()
      expect(JSON.stringify(report.notUnderstood)).toContain(value)
    }
  },
)

test("a figure that its section has already is said not to be understood, and kept", () => {
  const report = said("Tier\t9", "Coins\t5", "Cash", "Golden Tower\t7", "Golden Tower\t8")
  expect(metricOf(report, "cash_from_golden_tower")).toBe("7")
  expect(metricOf(report, "cash_golden_tower")).toBe("8")
  expect(report.notUnderstood.labels).toEqual([["Cash / Golden Tower", "8"]])
})

test("a second wave that says something else is said not to be understood", () => {
  const report = said("Tier\t9", "Wave\t5", "Killed By\tBoss", "Killed By\tFast", "Wave\t6")
  expect(report.summary).toMatchObject({ wave: 5, killedBy: "Boss" })
  expect(report.notUnderstood.labels).toEqual([
    ["Killed By", "Fast"],
    ["Wave", "6"],
  ])
})

test("without the headings of its sections, a report's figures are not taken for others", () => {
  const report = said(
    "Tier\t9",
    "Largest Wave Skip\t6",
    "Recovery Packages\t11.42q",
    "Recovery Packages\t603",
    "Summoned Enemies\t20",
    "Gems\t34",
    "Fetch Gems\t2",
  )
  expect(metricOf(report, "guardian_gems_fetched")).toBeUndefined()
  expect(metricOf(report, "gems")).toBe("34")
  const labels = report.notUnderstood.labels.map(([label]) => label)
  expect(labels).toEqual(expect.arrayContaining(["Gems", "Recovery Packages", "Fetch Gems"]))
  expect(labels.filter((label) => label === "Recovery Packages")).toHaveLength(2)
})

const isHeading = (line: string) => line !== "" && !/\t/.test(line) && line !== "Battle Report"

test.each([
  ["in brackets", (line: string) => `[${line}]`],
  ["between dashes", (line: string) => `--- ${line} ---`],
  ["between equals signs", (line: string) => `== ${line} ==`],
  ["underlined", (line: string) => `${line}\n------`],
])("a section's heading is read %s", (_, dressed) => {
  const text = writeReport(fieldsOf(sectioned), spacings.tabs)
  const empty = new Set(fieldsOf(sectioned).flatMap(({ label, value }) => (value ? [] : [label])))
  const dress = (line: string) => (isHeading(line) && !empty.has(line) ? dressed(line) : line)
  expect(saidBy(text.split("\n").map(dress).join("\n"))).toEqual(saidBy(text))
})

test.each(["|", "•", "·"])("fields with %p between them on one line read as lines do", (mark) => {
  for (const text of [sectioned, classic])
    for (const separator of [" ", ": "]) {
      const fields = fieldsOf(text).filter(({ value }) => value !== null)
      const lineBreak = ` ${mark} `
      expect(saidBy(writeReport(fields, { separator, lineBreak }))).toEqual(
        saidBy(writeReport(fields, spacings.tabs)),
      )
    }
})

test("a code fence may stand before the first words of a report", () => {
  const report = "Game Time\t1h 2m\nReal Time\t5m\nTier\t9\nWave\t5"
  expect(read(`\`\`\`${report}\`\`\``)).toEqual(read(report))
})
