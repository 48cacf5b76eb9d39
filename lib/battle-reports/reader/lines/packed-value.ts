import { canonicalName } from "../vocabulary/known-names.ts"
import { enemySection } from "../vocabulary/labels.ts"
import { knownName } from "../vocabulary/name-lookup.ts"
import type { ValueShape } from "../vocabulary/value-shape.ts"
import type { LineWords } from "./line-words.ts"
import { lists } from "./section-start.ts"

/** Words in the longest readable date (`Dec 07, 2025 21:59`) and duration (`2d 0h 25m 20s`). */
const longestValue = 4

const enemies = canonicalName(enemySection)

/** Whether a known label with its value, or a section with a label of its own, starts here. */
export function startsField(line: LineWords, at: number): boolean {
  const name = line.nameAt(at)
  if (name === null) return false
  const end = at + name.wordCount
  if (name.shape !== null && startsValue(line, name.shape, end)) return true
  return name.isHeading || lists(name, line.nameAt(end))
}

/** Whether a value of a shape may start here: a text with any word, or none, a number with one. */
export function startsValue(line: LineWords, shape: ValueShape, at: number): boolean {
  return (shape !== "number" && shape !== "duration") || line.isNumber(at)
}

/** Where the value that starts at `from` ends; `from` itself if there is no value. */
export function valueEnd(line: LineWords, shape: ValueShape, from: number): number {
  switch (shape) {
    case "number":
      return line.isNumber(from) ? from + 1 : from
    case "duration":
      if (!line.isNumber(from)) return from
      return readableEnd(line, shape, from) ?? nextField(line, from + 1)
    case "date":
      return readableEnd(line, shape, from) ?? nextField(line, from)
    case "word":
    case "list":
      return textEnd(line, shape, from)
  }
}

/**
 * Text reaches to the next known field; one cannot begin right behind a list's comma, so that the
 * `Golden Bot` of a list is not taken for a label that begins like it. A number in the text shows
 * that an unknown label came between: then a word is one word, and a list (whose entries may have
 * any number of words) is not taken. An enemy that the tables know is one word in any case.
 * Other words that a blank sets off from a number only are a label behind an empty value.
 */
function textEnd(line: LineWords, shape: "word" | "list", from: number): number {
  if (shape === "word" && isEnemy(line, from) && !startsField(line, from)) return from + 1
  let end = from
  const isEntry = () => shape === "list" && end > from && line.textOf(end - 1, end).endsWith(",")
  while (end < line.length && !line.isNumber(end) && (isEntry() || !startsField(line, end))) end++
  if (end === line.length || !line.isNumber(end)) return end
  const isLabel = line.gapAfter(from - 1) === "space" && line.isSetOff(from)
  return shape === "word" && !isLabel ? Math.min(from + 1, end) : from
}

function isEnemy(line: LineWords, at: number): boolean {
  return knownName(line.textOf(at, at + 1))?.homes.has(enemies) === true
}

/** Where the next known field starts; the end of the line if none does. */
export function nextField(line: LineWords, from: number): number {
  let at = from
  while (at < line.length && !startsField(line, at)) at++
  return at
}

/** Where the number, duration or date that starts at `from` ends. */
export function numericEnd(line: LineWords, from: number): number {
  return readableEnd(line, "duration", from) ?? readableEnd(line, "date", from) ?? from + 1
}

function readableEnd(line: LineWords, shape: ValueShape, from: number): number | null {
  for (let end = Math.min(from + longestValue, line.length); end > from; end--) {
    if (line.isWholeValue(shape, from, end)) return end
  }
  return null
}
