import { expect, test } from "bun:test"
import { noticeLine } from "../../lib/terminal/notice.ts"

test("a message takes the place of a bar on a terminal, and of nothing elsewhere", () => {
  expect(noticeLine("warning: ", "skipped", true)).toBe("\r\u001b[2Kwarning: skipped\n")
  expect(noticeLine("warning: ", "skipped", false)).toBe("warning: skipped\n")
})

test("a message of several lines keeps them, and gives the terminal no orders", () => {
  expect(noticeLine("", "two\nlines \u001b[31m", false)).toBe("two\nlines \\u001b[31m\n")
})
