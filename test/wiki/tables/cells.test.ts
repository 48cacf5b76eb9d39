import { describe, expect, test } from "bun:test"
import { isPlaceholder, isTotal } from "../../../lib/wiki/tables/cells.ts"

describe("placeholders and totals", () => {
  test.each(["", " ", "-", "—", "–", "null", "None", " NULL "])("%j is a placeholder", (text) => {
    expect(isPlaceholder(text)).toBe(true)
  })

  test.each(["0", "--", "N/A", "none left", "total"])("%j is no placeholder", (text) => {
    expect(isPlaceholder(text)).toBe(false)
  })

  test.each(["total", "Totals", " TOTAL ", "Total:", "Grand Total"])("%j labels a sum", (text) => {
    expect(isTotal(text)).toBe(true)
  })

  test.each(["", "Total 20", "subtotal", "Total Recall"])("%j labels no sum", (text) => {
    expect(isTotal(text)).toBe(false)
  })
})
