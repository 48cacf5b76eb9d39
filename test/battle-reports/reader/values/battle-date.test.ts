import { describe, expect, test } from "bun:test"
import * as fc from "fast-check"
import {
  looksLikeDate,
  readBattleDate,
} from "../../../../lib/battle-reports/reader/values/battle-date.ts"

describe("a battle date", () => {
  test.each([
    ["Jan 17, 2026 08:05", "2026-01-17T08:05:00.000Z"],
    ["January 7, 2026 8:05", "2026-01-07T08:05:00.000Z"],
    ["sept 30, 2025", "2025-09-30T00:00:00.000Z"],
    ["2025-12-01 13:45", "2025-12-01T13:45:00.000Z"],
    ["2025-12-01 13:45:59", "2025-12-01T13:45:59.000Z"],
    ["2025-12-01", "2025-12-01T00:00:00.000Z"],
    ["12/01/2025 13:45", "2025-12-01T13:45:00.000Z"],
    ["12/01/2025 13:45:07", "2025-12-01T13:45:07.000Z"],
    ["12/01/2025", "2025-12-01T00:00:00.000Z"],
    ["12/01/25", "2025-12-01T00:00:00.000Z"],
    ["2025-12-01T13:45:00Z", "2025-12-01T13:45:00.000Z"],
    ["2025-12-01T00:30:00+02:00", "2025-11-30T22:30:00.000Z"],
    ["2025-12-31 23:30:00.250-0100", "2026-01-01T00:30:00.250Z"],
    ["Feb 29, 2024 00:00", "2024-02-29T00:00:00.000Z"],
  ])("a battle date written %p is %p", (text, instant) => {
    expect(readBattleDate(text)).toBe(instant)
  })

  test.each([
    "Feb 30, 2026 10:00",
    "Feb 29, 2025",
    "2025-13-01",
    "2025-00-10",
    "31/12/2025",
    "Jan 17, 2026 24:00",
    "Jan 17, 2026 10:60",
    "2025-12-01T10:00:61Z",
    "2025-12-01T10:00:00+25:00",
    "9999-12-31T23:00:00-05:00",
  ])("a battle date that does not exist, such as %p, is absent", (text) => {
    expect(looksLikeDate(text)).toBe(true)
    expect(readBattleDate(text)).toBeNull()
  })

  test.each(["", "Boss", "Smarch 13, 2026", "17. 1. 2026", "12/01/202", "2025-12-01 noon", "1764"])(
    "a battle date written %p is unreadable",
    (text) => {
      expect(readBattleDate(text)).toBeNull()
    },
  )

  test.each(["ก.ค. 15, 2569 06:46", "Jul 15, 1448", "Jul 15, 2018 06:46", "07/15/2569"])(
    "a battle date of another calendar, such as %p, is unreadable",
    (text) => {
      expect(readBattleDate(text)).toBeNull()
    },
  )

  test("a battle date reads back any instant of ISO 8601, in any offset", () => {
    const instants = fc.date({
      min: new Date("1971-01-01T00:00:00Z"),
      max: new Date("2999-01-01T00:00:00Z"),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instants, fc.integer({ min: -14, max: 14 }), (instant, hours) => {
        const local = new Date(instant.getTime() + hours * 3_600_000).toISOString().slice(0, -1)
        const offset = `${hours < 0 ? "-" : "+"}${String(Math.abs(hours)).padStart(2, "0")}:00`
        expect(readBattleDate(instant.toISOString())).toBe(instant.toISOString())
        expect(readBattleDate(local + offset)).toBe(instant.toISOString())
      }),
    )
  })
})
