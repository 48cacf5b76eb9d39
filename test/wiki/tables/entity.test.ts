import { expect, test } from "bun:test"
import fc from "fast-check"
import { slug } from "../../../lib/wiki/tables/entity.ts"

test.each([
  ["Golden Bot", "golden_bot"],
  ["  Cash / Wave (%)  ", "cash_wave"],
  ["Lv. 10", "lv_10"],
  ["Café", "caf"],
  ["—", "unknown"],
  ["", "unknown"],
])("the slug of %j is %j", (name, expected) => {
  expect(slug(name)).toBe(expected)
})

test("a slug is words of a-z0-9 joined by single underscores, and its own slug", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      expect(slug(name)).toMatch(/^[a-z0-9]+(?:_[a-z0-9]+)*$/)
      expect(slug(slug(name))).toBe(slug(name))
    }),
  )
})
