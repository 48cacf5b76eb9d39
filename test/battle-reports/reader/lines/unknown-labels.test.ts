import { expect, setDefaultTimeout, test } from "bun:test"
import { readdirSync, readFileSync } from "node:fs"
import * as fc from "fast-check"
import { patience } from "../../../support/long-run.ts"
import { type Field, fieldsOf, saidBy, spacings, writeReport } from "../report-text.ts"

setDefaultTimeout(patience)

const directory = new URL("../../../../lib/demo/battle-reports/", import.meta.url)

const demoReports: readonly (readonly Field[])[] = readdirSync(directory)
  .sort()
  .map((file) => fieldsOf(readFileSync(new URL(file, directory), "utf8")))
  // A value with a point would contradict the decimal commas of a report.
  .filter((fields) => !fields.some(({ value }) => /^\$?\d+,\d/.test(value ?? "")))

const value = "3.25T"

/** Labels that begin with a known section or label, or hold one. */
const labelsWithKnownNames = [
  "Damage Per Second",
  "Damage Blocked Wall",
  "Records Broken",
  "Counts Of Frob",
  "Currencies Bought",
  "Total Enemies Skipped",
  "Coins From Golden Combo",
  "Cash From Bounty",
  "Combat Rating",
  "Bots Deployed",
  "Tier Bonus",
  "Ally Damage",
  "Highest Wave",
  "Max Tier",
  "Lab Coins earned",
  "Lab Damage Taken",
  "Most Coins Golden Tower",
  "Cash Damage Taken Tower",
]

/** Labels that end like a field of their own, which single blanks cannot tell from one. */
const labelsLikeFields = ["Wave Coins Earned", "Most Used Bots", "Last Killed By"]

const { "one line with single spaces": singleSpaces } = spacings

const setOff = [
  spacings["one line with tabs"],
  spacings["one line with colons"],
  spacings["one line with runs of spaces"],
]

/** A report, and where an unknown field may stand in it: after an empty value it could be that. */
const reportAndPlace = fc
  .constantFrom(...demoReports)
  .chain((fields) => fc.record({ fields: fc.constant(fields), at: fc.nat(fields.length) }))
  .filter(({ fields, at }) => fields[at - 1]?.value !== null)

/** What a report says apart from the unknown field. */
const knownPart = (said: ReturnType<typeof saidBy>, label: string) => {
  const { fields, metrics, notUnderstood, numericLines: _, ...rest } = said
  return {
    ...rest,
    unknown: notUnderstood.labels.filter(([text]) => !text.endsWith(label)),
    fields: fields.filter((field) => field.label !== label),
    metrics: metrics.filter(([, metric]) => metric.raw !== value),
  }
}

test.each([
  ["any one line", labelsWithKnownNames, [...setOff, singleSpaces]],
  ["one line that sets values off", labelsLikeFields, setOff],
])("on %s, an unknown label is kept whole", (_, labels, oneLine) => {
  const anyLabel = fc.constantFrom(...labels)
  const anySpacing = fc.constantFrom(...oneLine)
  fc.assert(
    fc.property(reportAndPlace, anyLabel, anySpacing, ({ fields, at }, label, spacing) => {
      const unknown = { section: fields[at - 1]?.section ?? null, label, value }
      const added = [...fields.slice(0, at), unknown, ...fields.slice(at)]
      const said = saidBy(writeReport(added, spacing))
      expect(said).toEqual(saidBy(writeReport(added, spacings.tabs)))
      expect(said.fields).toEqual(added)
      expect(said.notUnderstood.labels.map(([text]) => text)).toContainEqual(
        expect.stringContaining(label),
      )
      const without = saidBy(writeReport(fields, spacings.tabs))
      expect(knownPart(said, label)).toEqual(knownPart(without, label))
    }),
    { numRuns: 400 },
  )
})

/** A report's field with its value left empty. */
const emptied = (fields: readonly Field[], label: string): readonly Field[] =>
  fields.map((field) => (field.label === label ? { ...field, value: null } : field))

test.each(["Killed By", "Coins earned", "Flame Bot Damage"])(
  "on one line, an empty %s takes nothing from what follows it",
  (label) => {
    for (const fields of demoReports) {
      const report = emptied(fields, label)
      for (const spacing of [...setOff, singleSpaces]) {
        expect(fieldsOf(writeReport(report, spacing))).toEqual(report)
      }
    }
  },
)
