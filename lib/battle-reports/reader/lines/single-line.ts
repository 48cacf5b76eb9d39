import type { KnownName } from "../vocabulary/known-names.ts"
import { knownName } from "../vocabulary/name-lookup.ts"
import type { LineCollector } from "./line-collector.ts"
import type { LineWords } from "./line-words.ts"

/** Words in the longest duration: `2d 0h 25m 20s`. */
const longestDuration = 4

/**
 * Reads a line that holds one field, or a section. A tab or colon separates label and value; else
 * a known label at the start does, else a run of blanks, else a number at the end. Other words with a
 * number among them are no section: what they say is not understood.
 */
export function readSingleLine(line: LineWords, collector: LineCollector): void {
  const valueStart = findValue(line) ?? firstNumber(line) ?? firstDigits(line) ?? noFigure(line)
  if (valueStart !== null) {
    const label = line.textOf(0, valueStart)
    const value = line.textOf(valueStart, line.length)
    collector.addField(label, value, knownName(label) ?? null)
    return
  }
  const text = line.textOf(0, line.length)
  const name = knownName(text)
  if (name !== undefined) collector.addName(text, name)
  else addDressed(text, collector)
}

/** Adds words that may be a section in dress (`[Records]`, `--- Records ---`); a rule is none at all. */
function addDressed(text: string, collector: LineCollector): void {
  const bare = text.replace(dressAround, "")
  const name = knownName(bare)
  if (name !== undefined && name.sectionOf.size > 0) collector.addName(bare, name)
  else if (bare !== "") collector.addText(text)
}

/** What is neither letter nor digit, before and after words. */
const dressAround = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}%]+$/gu

function findValue(line: LineWords): number | null {
  return (
    findGap(line, "separator") ??
    afterKnownLabel(line) ??
    (line.gapAfter(line.length - 2) === "wide" && line.isNumber(line.length - 1)
      ? line.length - 1
      : findGap(line, "wide")) ??
    numberAtEnd(line)
  )
}

function findGap(line: LineWords, gap: "separator" | "wide"): number | null {
  for (let at = 1; at < line.length; at++) {
    if (line.gapAfter(at - 1) === gap) return at
  }
  return null
}

function afterKnownLabel(line: LineWords): number | null {
  const name = line.nameAt(0)
  if (name === null || name.wordCount >= line.length) return null
  return mayFollow(line, name, name.wordCount) ? name.wordCount : null
}

function mayFollow(line: LineWords, name: KnownName, at: number): boolean {
  switch (name.shape) {
    case null:
      return false
    case "number":
      return line.isNumber(at) && at === line.length - 1
    case "duration":
      return line.isNumber(at)
    default:
      return true
  }
}

function firstNumber(line: LineWords): number | null {
  for (let at = 0; at < line.length; at++) {
    if (line.isNumber(at)) return at
  }
  return null
}

/** The first word with digits that are no number as the game writes it (`~5`, `٥`), after a label. */
function firstDigits(line: LineWords): number | null {
  for (let at = 1; at < line.length; at++) {
    if (/\p{N}/u.test(line.textOf(at, at + 1))) return at
  }
  return null
}

/** What programs write instead of a number. */
const noFigures = /^(?:[^\p{L}]+|NaN|N\/A|null|Infinity)$/iu

/** The last word after a label of a number, if it says that there is none. */
function noFigure(line: LineWords): number | null {
  const last = line.length - 1
  const name = line.nameAt(0)
  const isLabel = name?.shape === "number" && name.sectionOf.size === 0 && name.wordCount === last
  return isLabel && noFigures.test(line.textOf(last, last + 1)) ? last : null
}

function numberAtEnd(line: LineWords): number | null {
  const last = line.length - 1
  if (last < 1 || !line.isNumber(last)) return null
  for (let at = Math.max(1, line.length - longestDuration); at < last; at++) {
    if (line.isWholeValue("duration", at, line.length)) return at
  }
  // Digits that a blank groups (`9 135`) are one value, which cannot be read.
  let start = last
  while (start > 0 && line.isNumber(start - 1)) start--
  return start
}
