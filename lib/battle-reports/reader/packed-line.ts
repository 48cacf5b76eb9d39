import type { KnownName } from "./known-names.ts"
import type { LineCollector } from "./line-collector.ts"
import type { LineWords } from "./line-words.ts"
import { knownName } from "./name-lookup.ts"
import type { ValueShape } from "./value-shape.ts"

/** Words in the longest readable date (`Dec 07, 2025 21:59`) and duration (`2d 0h 25m 20s`). */
const longestValue = 4

/** A player's own remark may well name a tier and a wave, but not this many fields. */
const fieldsBeyondProse = 5

/**
 * Reads a line that holds many fields, as a report does whose line breaks are lost. The known names
 * separate the fields; unknown words up to a number are an unknown label with its value.
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
    if (name?.shape && startsField(line, at)) {
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
  if (name.shape !== null) {
    const after = valueEnd(line, name.shape, end)
    if (after > end) {
      collector.addField(line.textOf(at, end), line.textOf(end, after), name)
      return after
    }
  }
  const standsAlone = name.isHeading || end === line.length || startsField(line, end)
  if (standsAlone || opensSection(line, name, end, collector)) {
    collector.addName(line.textOf(at, end), name)
    return end
  }
  return readUnknown(line, at, end, collector)
}

/**
 * The longest known name, unless it is a label of the other layout that hides a section of this
 * one: `Enemies Hit By Orbs` is a classic label, and a section followed by its label.
 */
function nameInPlace(line: LineWords, at: number, collector: LineCollector): KnownName | null {
  const name = line.nameAt(at)
  if (name === null || collector.layout === "classic" || collector.listsHere(name)) return name
  const section = line.shorterNameAt(at, name.wordCount)
  if (!section?.sectionOf.has("sectioned")) return name
  const label = line.nameAt(at + section.wordCount)
  const sameWords = label?.wordCount === name.wordCount - section.wordCount
  return sameWords && label?.bySection.has(section.name) ? section : name
}

/** A section's name opens it if a name it may list follows, or any text the first time. */
function opensSection(
  line: LineWords,
  name: KnownName,
  end: number,
  collector: LineCollector,
): boolean {
  return name.sectionOf.size > 0 && (line.nameAt(end) !== null || !collector.hasOpened(name))
}

/** Reads an unknown label that starts at `at` and reaches at least to `from`. */
function readUnknown(line: LineWords, at: number, from: number, collector: LineCollector): number {
  let end = from
  while (
    end < line.length &&
    line.gapAfter(end - 1) === "space" &&
    !line.isNumber(end) &&
    !startsField(line, end)
  ) {
    end++
  }
  const label = line.textOf(at, end)
  if (end === line.length || startsField(line, end)) {
    collector.addText(label)
    return end
  }
  const after = line.isNumber(end) ? numericEnd(line, end) : nextField(line, end)
  collector.addField(label, line.textOf(end, after), knownName(label) ?? null)
  return after
}

/** Whether a known label with its value, or a section with a known name behind it, starts here. */
function startsField(line: LineWords, at: number): boolean {
  const name = line.nameAt(at)
  if (name === null) return false
  const end = at + name.wordCount
  switch (name.shape) {
    case "date":
    case "word":
    case "list":
      return true
    case "number":
    case "duration":
      if (line.isNumber(end)) return true
  }
  return name.isHeading || (name.sectionOf.size > 0 && line.nameAt(end) !== null)
}

/** Where the value that starts at `from` ends; `from` itself if there is no value. */
function valueEnd(line: LineWords, shape: ValueShape, from: number): number {
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
 * any number of words) is not taken.
 */
function textEnd(line: LineWords, shape: "word" | "list", from: number): number {
  let end = from
  const isEntry = () => shape === "list" && end > from && line.textOf(end - 1, end).endsWith(",")
  while (end < line.length && !line.isNumber(end) && (isEntry() || !startsField(line, end))) end++
  if (end === line.length || !line.isNumber(end)) return end
  return shape === "word" ? Math.min(from + 1, end) : from
}

function nextField(line: LineWords, from: number): number {
  let at = from
  while (at < line.length && !startsField(line, at)) at++
  return at
}

/** Where the number, duration or date that starts at `from` ends. */
function numericEnd(line: LineWords, from: number): number {
  return readableEnd(line, "duration", from) ?? readableEnd(line, "date", from) ?? from + 1
}

function readableEnd(line: LineWords, shape: ValueShape, from: number): number | null {
  for (let end = Math.min(from + longestValue, line.length); end > from; end--) {
    if (line.isWholeValue(shape, from, end)) return end
  }
  return null
}
