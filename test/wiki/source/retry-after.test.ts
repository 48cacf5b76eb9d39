import { describe, expect, test } from "bun:test"
import { parseRetryAfter } from "../../../lib/wiki/source/retry-after.ts"

const now = Date.UTC(2026, 2, 1, 12, 0, 0)

describe("Retry-After", () => {
  test.each([
    ["0", 0],
    ["7", 7],
    [" 120 ", 120],
    ["Sun, 01 Mar 2026 12:00:30 GMT", 30],
    ["Sunday, 01-Mar-26 12:01:00 GMT", 60],
    ["Sun, 01 Mar 2026 11:59:00 GMT", 0],
  ])("asks with %j to wait %d seconds", (header, seconds) => {
    expect(parseRetryAfter(header, now)).toBe(seconds)
  })

  test.each([
    undefined,
    "",
    "soon",
    "-1",
    "1.5",
    "1e3",
    "12345678901",
    "2026-03-01T12:00:30Z",
    "Sun Mar  1 12:00:30 2026",
    "Sun, 99 Foo 2026 12:00:30 GMT",
  ])("asks for nothing with %j", (header) => {
    expect(parseRetryAfter(header, now)).toBeNull()
  })
})
