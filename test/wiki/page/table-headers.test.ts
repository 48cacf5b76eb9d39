import { expect, test } from "bun:test"
import fc from "fast-check"
import { joinHeaders, nameHeaders, writtenHeader } from "../../../lib/wiki/page/table-headers.ts"

test("an empty header is named by its position, a repeated one is numbered", () => {
  expect(nameHeaders(["Value", "Bits", "", "Bits", "", "Bits"])).toEqual([
    "Value",
    "Bits",
    "col_2",
    "Bits__2",
    "col_4",
    "Bits__3",
  ])
})

test("a header that looks like a numbered one stays apart from it", () => {
  expect(nameHeaders(["Bits", "Bits__2", "Bits", "col_4", ""])).toEqual([
    "Bits",
    "Bits__2",
    "Bits__3",
    "col_4",
    "col_4__2",
  ])
})

test("the headers of a table are as many as its cells and all different", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("", "a", "a__2", "b", "col_1")), (cells) => {
      const headers = nameHeaders(cells)
      expect(headers).toHaveLength(cells.length)
      expect(new Set(headers).size).toBe(cells.length)
    }),
  )
})

test("the number of a repeated header is not part of what the page says", () => {
  expect(writtenHeader("Bits__12")).toBe("Bits")
  expect(writtenHeader("Bits")).toBe("Bits")
})

test("a second row goes on with the headers below several columns of levels, not below one", () => {
  expect(joinHeaders(["Name", "Level", "Level"], ["Name", "1", "2"])).toEqual([
    "Name",
    "Level 1",
    "Level 2",
  ])
  expect(joinHeaders(["Name", "Level"], ["", "1"])).toBeNull()
})
