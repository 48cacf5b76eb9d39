import { expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import fc from "fast-check"
import { derivedRows } from "../../lib/battle-reports/reader/derived-rows.ts"
import { jsonbObject, jsonString, keyOrder } from "../../lib/battle-reports/reader/jsonb-text.ts"
import { readReport } from "../../lib/battle-reports/reader/read-report.ts"
import { queryRow } from "../../lib/database/query.ts"
import { onFilledDatabase } from "../support/databases.ts"

test("derived rows hold exact figures, and the time of storing where a report has no date", () => {
  const report = Result.getOrThrow(readReport("Battle Report\nTier\t14+\nCoins earned\t44.09ab\n"))
  const rows = derivedRows(report, "2026-01-02T03:04:05.678901Z")
  expect(rows.summary).toContain(`"coins_earned": 4409${"0".repeat(37)}`)
  expect(JSON.parse(rows.summary)).toMatchObject({
    battle_date: "2026-01-02T03:04:05.678901+00:00",
    tier: 14,
    tournament_bracket: "14+",
    not_understood: null,
  })
})

// Of every length: a float is off by a few only where it has too many digits for it. No fraction has
// three digits, which might be a group.
const figure = fc
  .tuple(
    fc.stringMatching(/^[1-9][0-9]{0,44}$/, { size: "max" }),
    fc.option(fc.stringMatching(/^(?:[0-9]?|[0-9]{3})[1-9]$/)),
  )
  .map(([whole, fraction]) => (fraction === null ? `${whole}` : `${whole}.${fraction}`))

test("derived rows hold any figure to its last digit", () => {
  fc.assert(
    fc.property(figure, figure, (coins, damage) => {
      const text = `Battle Report\nCoins earned\t${coins}\nCombat\nDamage dealt\t${damage}\n`
      const rows = derivedRows(Result.getOrThrow(readReport(text)), "2026-01-02T03:04:05.678901Z")
      expect(rows.summary).toContain(`"coins_earned": ${coins}, `)
      expect(rows.values).toBe(`{"damage_dealt": ${damage}}`)
      expect(rows.rawValues).toBe(`{"damage_dealt": "${damage}"}`)
    }),
  )
})

onFilledDatabase("jsonb text", Effect.void, (database) => {
  const printed = (text: string) =>
    database.run(
      queryRow(
        Schema.Struct({ text: Schema.String }),
        (sql) => sql`select ${text}::text::jsonb::text as text`,
      ),
    )

  test("jsonb text is what the server prints, whatever the keys, figures and strings", async () => {
    const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,30}$/)
    const string = fc
      .string({ unit: "binary" })
      .filter((text) => !text.includes("\0"))
      .map(jsonString)
    const object = fc
      .uniqueArray(fc.tuple(key, fc.oneof(figure, string)), { selector: ([name]) => name })
      .map((entries) =>
        jsonbObject(
          keyOrder(entries.map(([name]) => name)),
          entries.map(([, value]) => value),
        ),
      )
    await fc.assert(
      fc.asyncProperty(object, async (text) => {
        expect((await printed(text)).text).toBe(text)
      }),
      { numRuns: 25 },
    )
  })
})
