import type { KnownName } from "../vocabulary/known-names.ts"
import { knownName } from "../vocabulary/name-lookup.ts"
import type { LineCollector } from "./line-collector.ts"
import type { LineWords } from "./line-words.ts"
import { nextField, numericEnd, startsField, startsValue, valueEnd } from "./packed-value.ts"
import { isHeadedBy, nameInPlace, opensSection } from "./section-start.ts"

/** A player's own remark may well name a tier and a wave, but not this many fields. */
const fieldsBeyondProse = 5

/**
 * Reads a line that holds many fields, as a report does whose line breaks are lost. The known names
 * separate the fields; unknown words up to a number, a tab, a colon or a run of blanks are an
 * unknown label with its value, whatever known names stand in it.
 */
export function readPackedLine(line: LineWords, collector: LineCollector): void {
  let at = 0
  while (at < line.length) at = readNext(line, at, collector)
}

/** Whether the line is packed: fields of several known labels start in it. */
export function holdsManyFields(line: LineWords): boolean {
  const needed = line.nameAt(0) === null ? fieldsBeyondProse : 2
  let fields = 0
  let at = 0
  while (at < line.length) {
    const name = line.nameAt(at)
    if (name?.shape && startsValue(line, name.shape, at + name.wordCount)) {
      fields++
      if (fields === needed) return true
      const end = at + name.wordCount
      at = Math.max(valueEnd(line, name.shape, end), end)
    } else at++
  }
  return false
}

/** Reads what starts at a word and returns where the next thing starts. */
function readNext(line: LineWords, at: number, collector: LineCollector): number {
  const name = nameInPlace(line, at, collector)
  if (name === null) return readUnknown(line, at, at + 1, collector)
  const end = at + name.wordCount
  const isSection = opensSection(line, name, end, collector)
  if (name.shape !== null && !(isSection && line.gapAfter(end - 1) === "space")) {
    const after = valueEnd(line, name.shape, end)
    if (after > end) {
      collector.addField(line.textOf(at, end), line.textOf(end, after), name)
      return after
    }
  }
  if (name.isHeading || end === line.length || isSection || isEmpty(line, name, end, collector)) {
    collector.addName(line.textOf(at, end), name)
    return end
  }
  return readUnknown(line, at, end, collector)
}

/**
 * Whether a label without a value is one left empty, and not the beginning of an unknown label:
 * a section follows, or the game's next label, or an unknown label behind the name of no enemy.
 * Where no blanks set values off, a label of the run itself may be followed by any other.
 */
function isEmpty(line: LineWords, name: KnownName, end: number, collector: LineCollector): boolean {
  const isSetOff = line.isSetOff(end)
  if (name.shape === "word" && isSetOff) return true
  if (name.shape === null || !startsField(line, end)) return false
  if (name.sectionOf.size > 0 && !collector.listsHere(name)) return false
  const isNumeric = name.shape === "number" || name.shape === "duration"
  if (!isNumeric || line.gapAfter(end - 1) !== "space") return true
  const next = line.nameAt(end)
  return (
    next !== null &&
    (name.followers.has(next.name) ||
      (!isSetOff && name.isGeneral && next.isGeneral) ||
      opensSection(line, next, end + next.wordCount, collector))
  )
}

/** Reads an unknown label that starts at `at` and reaches at least to `from`. */
function readUnknown(line: LineWords, at: number, from: number, collector: LineCollector): number {
  const isSetOff = line.isSetOff(at)
  let end = from
  while (end < line.length && line.gapAfter(end - 1) === "space" && !line.isNumber(end)) {
    if (interrupts(line, end, isSetOff, collector)) break
    end++
  }
  const label = line.textOf(at, end)
  const isCutShort = line.gapAfter(end - 1) === "space" && !line.isNumber(end)
  if (end === line.length || isCutShort || startsField(line, end)) {
    collector.addText(label)
    return end
  }
  const after = line.isNumber(end) ? numericEnd(line, end) : nextField(line, end)
  collector.addField(label, line.textOf(end, after), knownName(label) ?? null)
  return after
}

/**
 * Whether a known name ends the unknown words before it. Those with a number may as well be the end
 * of an unknown label (`Highest Wave`), and where the value is set off, so may those with a text.
 */
function interrupts(
  line: LineWords,
  at: number,
  isSetOff: boolean,
  collector: LineCollector,
): boolean {
  const name = line.nameAt(at)
  if (name === null) return false
  switch (name.shape) {
    case "date":
      return true
    case "word":
    case "list":
      if (!isSetOff) return true
  }
  return name.isHeading || isHeadedBy(line, name, at + name.wordCount, collector)
}
