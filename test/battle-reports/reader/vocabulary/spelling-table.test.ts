import { expect, test } from "bun:test"
import * as fc from "fast-check"
import { SpellingTable } from "../../../../lib/battle-reports/reader/vocabulary/spelling-table.ts"

test("a spelling is found inside a longer text, and nothing else is", () => {
  const table = new SpellingTable([
    { text: "Wave", value: 1 },
    { text: "Wave Skip", value: 2 },
  ])
  const text = "\tWave Skip 5"
  expect(table.find(text, 1, 10)).toEqual({ text: "Wave Skip", value: 2 })
  expect(table.find(text, 1, 5)).toEqual({ text: "Wave", value: 1 })
  expect(table.find(text, 1, 6)).toBeUndefined()
  expect(table.find(text, 0, 5)).toBeUndefined()
  expect(table.find("wave", 0, 4)).toBeUndefined()
})

test("as many spellings as there may be are told apart", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 1200 }), (texts) => {
      const table = new SpellingTable(texts.map((text) => ({ text, value: text })))
      for (const text of texts) expect(table.find(text, 0, text.length)?.value).toBe(text)
    }),
    { numRuns: 5 },
  )
})
