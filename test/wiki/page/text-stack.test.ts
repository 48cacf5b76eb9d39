import { expect, test } from "bun:test"
import { normaliseText } from "../../../lib/wiki/page/text-stack.ts"

test("every run of whitespace, of whatever kind, is one space, and none is left at the ends", () => {
  expect(normaliseText("\n 1d\u00a0\u2002 4h\t21m\r\n")).toBe("1d 4h 21m")
})

test("what PostgreSQL cannot store is replaced", () => {
  expect(normaliseText("a\0b\ud800c 😀")).toBe("a\ufffdb\ufffdc 😀")
})

test("what cannot be seen is left out", () => {
  expect(normaliseText("\u200b5\u00ad.0\u2060%\u200e")).toBe("5.0%")
})
