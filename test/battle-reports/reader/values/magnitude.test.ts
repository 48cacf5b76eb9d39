import { expect, test } from "bun:test"
import {
  isMagnitudeWord,
  longestMagnitudeWord,
  magnitudeExponent,
} from "../../../../lib/battle-reports/reader/values/magnitude.ts"
import { knownNames } from "../../../../lib/battle-reports/reader/vocabulary/known-names.ts"
import { suffixes } from "./compact-quantity.ts"

test("each suffix of the scale is 10^3 times the one before, up to zz", () => {
  expect(suffixes).toHaveLength(12 + 26 * 26)
  suffixes.forEach((suffix, step) => {
    expect(magnitudeExponent(suffix, 0)).toBe(step * 3)
  })
})

test("lower-case k, m, b and t are the thousands to the trillions", () => {
  expect(["k", "m", "b", "t"].map((suffix) => magnitudeExponent(suffix, 0))).toEqual([3, 6, 9, 12])
})

test("the case of a letter matters", () => {
  expect(magnitudeExponent("q", 0)).toBe(15)
  expect(magnitudeExponent("Q", 0)).toBe(18)
  expect(magnitudeExponent("s", 0)).toBe(21)
  expect(magnitudeExponent("S", 0)).toBe(24)
})

test("nothing else is a magnitude", () => {
  for (const text of ["z", "o", "AA", "Aa", "aA", "aaa", "%", " K", "é", "a{", "`a"]) {
    expect(magnitudeExponent(text, 0)).toBeUndefined()
  }
})

test("only the text after the position counts", () => {
  expect(magnitudeExponent("44.09ab", 5)).toBe(39)
})

test("words for magnitudes are known in any case, short ones with a point, and no name has one", () => {
  for (const word of ["Mrd", "MLN", "Mio.", "Mrd.", "million", "Milliarden", "млрд"]) {
    expect(isMagnitudeWord(word)).toBe(true)
    expect(word.length).toBeLessThanOrEqual(longestMagnitudeWord)
  }
  const words = [...knownNames.keys()].flatMap((name) => name.split(" "))
  expect(words.filter(isMagnitudeWord)).toEqual([])
})
