import { describe, expect, test } from "bun:test"
import { renderProgress } from "../../lib/terminal/progress-bar.ts"

describe("progress", () => {
  test("a progress bar shows the share done, the counts and the rate", () => {
    expect(renderProgress("Reading", 2_500, 10_000, 2, 80)).toBe(
      "Reading [##########------------------------------] 25% 2,500/10,000 1,250/s",
    )
  })
  test("a progress bar fits any terminal width", () => {
    for (const width of [10, 20, 40, 60, 80, 200])
      expect(
        renderProgress("Reading reports", 99_999, 100_000, 9, width).length,
      ).toBeLessThanOrEqual(width)
  })
  test("progress in a log is plain text, without a rate below one a second", () => {
    expect(renderProgress("Reading pages", 1, 4, 7, null)).toBe("Reading pages 25% 1/4")
  })
  test("progress towards an unknown total, or towards none, has no bar", () => {
    expect(renderProgress("Reading", 1_000, null, 4, 80)).toBe("Reading 1,000 250/s")
    expect(renderProgress("Reading", 0, 0, 0, 80)).toBe("Reading 0")
  })
})
