import { expect, setDefaultTimeout, test } from "bun:test"
import * as fc from "fast-check"
import { monthNamed } from "../../../lib/battle-reports/reader/values/month-names.ts"
import { patience } from "../../support/long-run.ts"
import {
  type Field,
  fieldsOf,
  fixture,
  read,
  seamlessSpacings,
  spacings,
  writeReport,
} from "./report-text.ts"

setDefaultTimeout(patience)

const reports = [fieldsOf(await fixture("classic")), fieldsOf(await fixture("sectioned"))]

const anyReport = fc.constantFrom(...reports)
const anySpacing = fc.constantFrom(...Object.values({ ...spacings, ...seamlessSpacings }))

const date = "Battle Date"

/** What a report says, apart from how its numbers are written. */
const figures = (text: string) => {
  const { summary, metrics, notUnderstood, ...rest } = read(text)
  const { coinsEarnedRaw, cashEarnedRaw, interestEarnedRaw, ...fields } = summary
  return {
    ...rest,
    ...fields,
    understood: notUnderstood,
    metrics: [...metrics].map(([key, { value }]) => [key, value]),
  }
}

const withValue = (field: Field, write: (value: string) => string): Field =>
  field.value === null ? field : { ...field, value: write(field.value) }

const withCommas = (fields: readonly Field[]): readonly Field[] =>
  fields.map((field) =>
    field.label === date
      ? field
      : withValue(field, (value) => value.replace(/(\d)\.(\d)/g, "$1,$2")),
  )

const languages = [
  "fr",
  "de",
  "es",
  "pt",
  "it",
  "ru",
  "tr",
  "ja",
  "ko",
  "vi",
  "sv",
  "uk",
  "el",
  "th",
]

/** Months of languages that no other language gives to another month. */
const monthIn = (language: string, style: "short" | "long", month: number): string | null => {
  const name = new Intl.DateTimeFormat(language, {
    month: style,
    timeZone: "UTC",
    calendar: "gregory",
  }).format(Date.UTC(2026, month, 15))
  return monthNamed(name) === null ? null : name
}

const foreignMonth = fc
  .record({
    language: fc.constantFrom(...languages),
    style: fc.constantFrom("short" as const, "long" as const),
    month: fc.nat(11),
    hasPoint: fc.boolean(),
  })
  .map(({ language, style, month, hasPoint }) => {
    const name = monthIn(language, style, month)
    const written = hasPoint ? name : (name?.replace(/\.$/, "") ?? null)
    return { name: written, month }
  })
  .filter(({ name }) => name !== null)

const dated = (fields: readonly Field[], month: string): readonly Field[] =>
  fields.map((field) =>
    field.label === date ? { ...field, value: `${month} 07, 2026 21:05` } : field,
  )

test("a report written with decimal commas says the same in every spacing", () => {
  fc.assert(
    fc.property(anyReport, anySpacing, (fields, spacing) => {
      expect(figures(writeReport(withCommas(fields), spacing))).toEqual(
        figures(writeReport(fields, spacings.tabs)),
      )
    }),
  )
})

test("a date with its month in another language is the same date in every spacing", () => {
  fc.assert(
    fc.property(anyReport, anySpacing, foreignMonth, (fields, spacing, { name, month }) => {
      const english = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" })
      const expected = dated(fields, english.format(Date.UTC(2026, month, 15)))
      expect(figures(writeReport(dated(withCommas(fields), name ?? ""), spacing))).toEqual(
        figures(writeReport(expected, spacings.tabs)),
      )
    }),
    { numRuns: 300 },
  )
})

const annotation = fc.oneof(
  fc.nat(1000).map((thousandths) => `[${(thousandths / 10).toFixed(1)}%]`),
  fc.constantFrom("[100,0%]", "[75,6 %]", "[of Golden Tower 3]", "[Wave 5: 3]", "[]"),
)

/** Only values that are a single word are annotated: a date or a list ends where it looks like it. */
const annotated = (fields: readonly Field[], annotations: readonly (string | null)[]) =>
  fields.map((field, index) => {
    const note = annotations[index % annotations.length] ?? null
    const isNumber = /^[$x]?\d\S*$/.test(field.value ?? "")
    return note === null || !isNumber ? field : withValue(field, (value) => `${value} ${note}`)
  })

test("an annotation in brackets ends its field and changes nothing but the raw value", () => {
  const annotations = fc.array(fc.option(annotation), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(anyReport, anySpacing, annotations, (fields, spacing, notes) => {
      const annotatedFields = annotated(fields, notes)
      const text = writeReport(annotatedFields, spacing)
      expect(figures(text)).toEqual(figures(writeReport(fields, spacings.tabs)))
      const raws = [...read(text).metrics.values()].map(({ raw }) => raw)
      const written = new Set(annotatedFields.map(({ value }) => value))
      for (const raw of raws) expect(written).toContain(raw)
    }),
    { numRuns: 300 },
  )
})

const said = (...lines: readonly string[]) =>
  read(["Battle Report", "Tier\t9", ...lines].join("\n"))
const metricOf = (report: ReturnType<typeof said>, key: string): unknown =>
  report.metrics.get(key)?.value

test("a number with a point takes the comma its meaning as a decimal sign", () => {
  const report = said("Lifesteal\t43,91T", "Orb Damage\t1.50K", "Boss\t1,234", "Fast\t1,234,567")
  expect(metricOf(report, "lifesteal")).toBeUndefined()
  expect(metricOf(report, "orb_damage")).toBe("1500")
  expect(metricOf(report, "enemies_destroyed_boss")).toBe("1234")
  expect(metricOf(report, "enemies_destroyed_fast")).toBe("1234567")
  expect(report.notUnderstood.values).toEqual([["Lifesteal", "43,91T"]])
})

test("a comma before three digits is unreadable in a report with decimal commas", () => {
  const report = said("Lifesteal\t43,91T", "Boss\t1,234")
  expect(metricOf(report, "lifesteal")).toBe("43910000000000")
  expect(report.notUnderstood.values).toEqual([["Boss", "1,234"]])
})

test("a point before three digits is unreadable, because it may group them", () => {
  const report = said("Lifesteal\t549.317", "Boss\t1.234K", "Fast\t0.125")
  expect(metricOf(report, "lifesteal")).toBeUndefined()
  expect(metricOf(report, "enemies_destroyed_fast")).toBe("0.125")
  expect(report.notUnderstood.values).toEqual([
    ["Lifesteal", "549.317"],
    ["Boss", "1.234K"],
  ])
})

test("a magnitude is unreadable if its case decides and the report has lost it", () => {
  for (const change of [String.prototype.toUpperCase, String.prototype.toLowerCase]) {
    const report = read(change.call("Battle Report\nTier\t9\nLifesteal\t1.50q\nBoss\t2.00K"))
    expect(metricOf(report, "lifesteal")).toBeUndefined()
    expect(metricOf(report, "enemies_destroyed_boss")).toBe("2000")
    expect(report.notUnderstood.values).toHaveLength(1)
  }
})

test("a version, a date and a list say nothing of the decimal sign", () => {
  const report = said(
    "Battle Date\t07.12.2025 21:59",
    "Build\t28.3.1",
    "Bots Used\tFlame Bot 2.5, Golden Bot",
    "Lifesteal\t43,91T",
  )
  expect(metricOf(report, "lifesteal")).toBe("43910000000000")
})

test("an annotation after a text ends its field too", () => {
  const report = read(
    "Battle Report Tier 7 Wave 5 Killed By Boss [Elite 3] Coins earned 5 Combat Lifesteal 3",
  )
  expect(report.summary).toMatchObject({ killedBy: "Boss", coinsEarned: "5" })
  expect(report.notUnderstood.labels).toEqual([])
})

test("coins in the first lines are the coins earned, and nowhere else", () => {
  expect(said("Coins: 123").summary.coinsEarned as unknown).toBe("123")
  expect(said("Utility", "Coins\t123").summary.coinsEarned).toBeNull()
  expect(said("News", "Coins\t123", "Counts", "Nuke\t1").summary.coinsEarned).toBeNull()
})
