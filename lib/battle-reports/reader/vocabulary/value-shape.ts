import { isDigit, isSpace } from "../characters.ts"
import { looksLikeDate } from "../values/battle-date.ts"
import { readDuration } from "../values/duration.ts"
import type { KnownLine } from "./known-line.ts"

/** How the value after a label looks; tells where it ends when line breaks are lost. */
export type ValueShape = "number" | "duration" | "date" | "word" | "list"

/** How values of a unit look. */
export function shapeOfUnit(unit: KnownLine["unit"]): ValueShape {
  switch (unit) {
    case "date":
    case "duration":
      return unit
    case "enemy":
      return "word"
    case "bots":
    case "weapons":
      return "list"
    default:
      return "number"
  }
}

/** Whether the text from `start` up to `end` cannot be anything but one whole value of a shape. */
export function isWholeValue(shape: ValueShape, text: string, start: number, end: number): boolean {
  switch (shape) {
    case "number":
      return startsNumber(text, start) && isOneWord(text, start, end)
    case "duration":
      return readDuration(text.slice(start, end)) !== null
    case "date":
      return looksLikeDate(text.slice(start, end))
    case "word":
      return isOneWord(text, start, end)
    case "list":
      return false
  }
}

function isOneWord(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (isSpace(text.charCodeAt(at))) return false
  }
  return true
}

/** Whether a number starts at a position: a digit, after at most a sign and `$`, `x` or a point. */
export function startsNumber(text: string, start: number): boolean {
  if (isDigit(text.charCodeAt(start))) return true
  let at = start
  while (at < start + 2 && isNumberPrefix(text.charCodeAt(at))) at++
  return isDigit(text.charCodeAt(at))
}

const numberPrefixes: ReadonlySet<number> = new Set(
  [..."$+-.xX×"].map((character) => character.charCodeAt(0)),
)

function isNumberPrefix(code: number): boolean {
  return !isDigit(code) && numberPrefixes.has(code)
}
