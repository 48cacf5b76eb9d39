import { expect, test } from "bun:test"
import { compact } from "../../lib/report/runs-pictures.ts"

test.each([
  [0, "1"],
  [Math.log10(42.5), "42.5"],
  [Math.log10(3.21e9), "3.21B"],
  [Math.log10(999_400), "999K"],
  [Math.log10(999_510), "1M"],
  [66, "1ak"],
  [3000, "10^3000"],
] as const)("a number with the logarithm %p is drawn as %p", (logarithm, text) => {
  expect(compact(logarithm)).toBe(text)
})
