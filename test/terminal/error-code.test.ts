import { expect, test } from "bun:test"
import { codeOf } from "../../lib/terminal/error-code.ts"

test("an error's code is its code if that is a text, else the error's own words", () => {
  expect(codeOf(Object.assign(new Error("no space left"), { code: "ENOSPC" }))).toBe("ENOSPC")
  expect(codeOf(Object.assign(new Error("no space left"), { code: 28 }))).toBe(
    "Error: no space left",
  )
  expect(codeOf(new TypeError("fetch failed"))).toBe("TypeError: fetch failed")
  expect(codeOf(undefined)).toBe("undefined")
})
