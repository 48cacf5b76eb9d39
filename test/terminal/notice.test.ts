import { expect, test } from "bun:test"
import { noticeLine } from "../../lib/terminal/notice.ts"

test("a message replaces the progress bar on a terminal, and nothing elsewhere", () => {
  expect(noticeLine("warning: ", "skipped", true)).toBe("\r\u001b[2Kwarning: skipped\n")
  expect(noticeLine("warning: ", "skipped", false)).toBe("warning: skipped\n")
})

test("a message keeps its line breaks, but no other control characters", () => {
  expect(noticeLine("", "two\nlines \u001b[31m", false)).toBe("two\nlines \\u001b[31m\n")
})
