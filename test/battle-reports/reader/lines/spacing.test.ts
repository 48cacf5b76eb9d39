import { expect, setDefaultTimeout, test } from "bun:test"
import * as fc from "fast-check"
import { patience } from "../../../support/long-run.ts"
import { bodyOf, everyLayout, opening } from "../any-report.ts"
import { type Spacing, saidBy, seamlessSpacings, spacings, writeReport } from "../report-text.ts"

setDefaultTimeout(patience)

test.each(everyLayout)("any %s report says the same in every spacing", (_, sections) => {
  fc.assert(
    fc.property(opening, bodyOf(sections), (top, body) => {
      const fields = [...top, ...body]
      const said = saidBy(writeReport(fields, spacings.tabs))
      expect(said.fields).toEqual(fields)
      for (const spacing of Object.values({ ...spacings, ...seamlessSpacings })) {
        expect(saidBy(writeReport(fields, spacing))).toEqual(said)
      }
    }),
    { numRuns: 80 },
  )
})

const everySpacing = Object.values(spacings)

/** Several spacings: with line breaks, or with none. */
const mixture = (isOneLine: boolean): fc.Arbitrary<readonly Spacing[]> =>
  fc.array(
    fc.record({
      separator: fc.constantFrom(...everySpacing.map(({ separator }) => separator)),
      lineBreak: fc.constantFrom(
        ...everySpacing
          .map(({ lineBreak }) => lineBreak)
          .filter((lineBreak) => (lineBreak === " ") === isOneLine),
      ),
    }),
    { minLength: 2, maxLength: 20, size: "max" },
  )

test.each(everyLayout)("any %s report says the same in a mixture of spacings", (_, sections) => {
  const mixtures = fc.oneof(mixture(true), mixture(false))
  fc.assert(
    fc.property(opening, bodyOf(sections), mixtures, (top, body, mixed) => {
      const fields = [...top, ...body]
      const said = saidBy(writeReport(fields, spacings.tabs))
      expect(saidBy(writeReport(fields, ...mixed))).toEqual(said)
    }),
    { numRuns: 160 },
  )
})
