import { describe, expect, test } from "bun:test"
import * as fc from "fast-check"
import { readDuration } from "../../../../lib/battle-reports/reader/values/duration.ts"

describe("a duration", () => {
  test.each([
    ["2d 0h 25m 20s", 174_320],
    ["1h 2m 3s", 3_723],
    ["17m 35s", 1_055],
    ["1h2m3s", 3_723],
    ["2D 1H", 176_400],
    ["90m", 5_400],
    ["0s", 0],
    ["00:12:34", 754],
    ["12:34", 754],
    ["36:00:00", 129_600],
    ["3600", 3_600],
    ["0", 0],
  ])("a duration written %p is %p seconds", (text, seconds) => {
    expect(readDuration(text)).toBe(seconds)
  })

  test.each([
    "",
    " ",
    "s",
    "3s 2m",
    "1m 1m",
    "1h  2m",
    "1h 2",
    "1.5h",
    "1w",
    "-5",
    "12:60",
    "1:60:00",
    "1:2",
    "1:2:3:4",
    ":12:34",
    "12.5",
    "Boss",
    "99999999999",
    "1".repeat(41),
  ])("a duration written %p is unreadable", (text) => {
    expect(readDuration(text)).toBeNull()
  })

  test("a duration reads back what units and clocks say", () => {
    const parts = fc.tuple(fc.nat(400), fc.nat(23), fc.nat(59), fc.nat(59))
    fc.assert(
      fc.property(parts, ([days, hours, minutes, seconds]) => {
        const total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
        const pad = (part: number) => String(part).padStart(2, "0")
        expect(readDuration(`${days}d ${hours}h ${minutes}m ${seconds}s`)).toBe(total)
        expect(readDuration(`${days * 24 + hours}:${pad(minutes)}:${pad(seconds)}`)).toBe(total)
        expect(readDuration(String(total))).toBe(total)
      }),
    )
  })
})
