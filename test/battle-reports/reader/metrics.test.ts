import { expect, test } from "bun:test"
import { Metrics } from "../../../lib/battle-reports/reader/metrics.ts"
import { shiftedDecimal } from "../../../lib/battle-reports/reader/values/decimal.ts"

const keep = (metrics: Metrics, key: string, section: string | null, digits: string) =>
  metrics.keep(
    key,
    { section, label: "Bonus" },
    { raw: digits, value: shiftedDecimal(false, digits, 0) },
  )

test("lines that want the same key keep theirs: by section first, then by number", () => {
  const metrics = new Metrics()
  keep(metrics, "bonus", "Combat", "1")
  keep(metrics, "bonus", "Guardian", "2")
  keep(metrics, "bonus", "Guardian", "3")
  keep(metrics, "bonus", "Guardian", "4")
  keep(metrics, "guardian_bonus_4", "Utility", "5")
  keep(metrics, "bonus", "Guardian", "6")
  expect([...metrics.byKey].map(([key, { raw }]) => [key, raw])).toEqual([
    ["bonus", "1"],
    ["guardian_bonus", "2"],
    ["guardian_bonus_2", "3"],
    ["guardian_bonus_3", "4"],
    ["guardian_bonus_4", "5"],
    ["guardian_bonus_5", "6"],
  ])
})

test("lines without a section are told apart by number", () => {
  const metrics = new Metrics()
  keep(metrics, "bonus", null, "1")
  keep(metrics, "bonus", null, "1")
  expect([...metrics.byKey.keys()]).toEqual(["bonus", "bonus_2"])
})
