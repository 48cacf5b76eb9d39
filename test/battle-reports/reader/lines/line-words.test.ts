import { describe, expect, test } from "bun:test"
import { LineWords } from "../../../../lib/battle-reports/reader/lines/line-words.ts"

const cut = (text: string) => {
  const line = new LineWords(text)
  return Array.from({ length: line.length }, (_, at) => [
    line.textOf(at, at + 1),
    line.gapAfter(at),
  ])
}

describe("a line is cut into words", () => {
  test("a line is cut into words with what separates them", () => {
    expect(cut("Coins  earned\t5 x")).toEqual([
      ["Coins", "wide"],
      ["earned", "separator"],
      ["5", "space"],
      ["x", "space"],
    ])
  })

  test("a line is cut into words at colons, but for those of a time", () => {
    expect(cut("Tier:11 Real Time : 21:59 Wave 2: 5:")).toEqual([
      ["Tier", "separator"],
      ["11", "space"],
      ["Real", "space"],
      ["Time", "separator"],
      ["21:59", "space"],
      ["Wave", "space"],
      ["2", "separator"],
      ["5", "separator"],
    ])
  })

  test("a lone plus after a number belongs to it", () => {
    expect(cut("Tier 8 +")).toEqual([
      ["Tier", "space"],
      ["8 +", "space"],
    ])
    expect(cut("8 +5")).toEqual([
      ["8", "space"],
      ["+5", "space"],
    ])
  })

  test("a line may have no words", () => {
    expect(cut(" \t: ::")).toEqual([])
  })
})

describe("known names in a line", () => {
  test("known names in a line are found in any case and spacing, the longest first", () => {
    const line = new LineWords("x DAMAGE  taken wall 5")
    expect(line.nameAt(0)).toBeNull()
    expect(line.nameAt(1)?.name).toBe("damage taken wall")
    expect(line.shorterNameAt(1, 3)?.name).toBe("damage taken")
    expect(line.shorterNameAt(1, 2)?.name).toBe("damage")
    expect(line.nameAt(2)).toBeNull()
    expect(line.nameAt(3)?.name).toBe("wall")
  })

  test("known names in a line do not reach across a tab or colon", () => {
    expect(new LineWords("Damage\tTaken").nameAt(0)?.name).toBe("damage")
    expect(new LineWords("Damage: Taken").nameAt(0)?.name).toBe("damage")
  })
})

test("numbers are told from words", () => {
  const line = new LineWords("5 $5 x8.00 -.5 -$5 14+ 10h Boss xyz $ - 'tis")
  const isNumber = Array.from({ length: line.length }, (_, at) => line.isNumber(at))
  expect(isNumber).toEqual([...Array(7).fill(true), ...Array(5).fill(false)])
})

test("values are told by their shape", () => {
  const line = new LineWords("10h 24m Jan  17, 2026 08:05 Boss")
  expect(line.isWholeValue("duration", 0, 2)).toBe(true)
  expect(line.isWholeValue("duration", 0, 3)).toBe(false)
  expect(line.isWholeValue("date", 2, 6)).toBe(true)
  expect(line.isWholeValue("number", 0, 1)).toBe(true)
  expect(line.isWholeValue("number", 0, 2)).toBe(false)
  expect(line.isWholeValue("word", 6, 7)).toBe(true)
  expect(line.isWholeValue("list", 6, 7)).toBe(false)
})
