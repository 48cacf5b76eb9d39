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

/**
 * Whether a number starts at a position: a digit, after at most a sign and a currency, `x` or a point.
 * The game writes `$` and ASCII digits only; others (`€5`, `٥`) are numbers too, which cannot be read.
 */
export function startsNumber(text: string, start: number): boolean {
  return isDigit(text.charCodeAt(start)) || startsPrefixedNumber(text, start)
}

function startsPrefixedNumber(text: string, start: number): boolean {
  const sign = afterCountry(text, start)
  let at = sign
  while (at < sign + 2 && isNumberPrefix(text, at)) at++
  return isDigit(text.charCodeAt(at)) || isRare(/\p{Nd}/u, text, at)
}

const numberPrefixes: ReadonlySet<number> = new Set(
  [..."$+-.xX×"].map((character) => character.charCodeAt(0)),
)

function isNumberPrefix(text: string, at: number): boolean {
  return numberPrefixes.has(text.charCodeAt(at)) || isRare(/\p{Sc}/u, text, at)
}

/** Whether a character beyond ASCII is of a class; those of ASCII are told by their code at once. */
function isRare(characters: RegExp, text: string, at: number): boolean {
  return text.charCodeAt(at) > 126 && characters.test(text.charAt(at))
}

const dollar = 36
const longestCountry = 3

/** Where the dollar sign of a currency such as `US$` is; the position itself if there is none. */
function afterCountry(text: string, start: number): number {
  let at = start
  while (at < start + longestCountry && isCapital(text.charCodeAt(at))) at++
  return text.charCodeAt(at) === dollar ? at : start
}

const isCapital = (code: number): boolean => code >= 65 && code <= 90
