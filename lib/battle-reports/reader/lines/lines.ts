import { collapseSpaces, hasLettersAt, isSpace, skipSpaces, withLineFeeds } from "../characters.ts"
import { annotationStart } from "../values/annotation.ts"
import type { Layout } from "../vocabulary/known-names.ts"
import { reportHeading } from "../vocabulary/labels.ts"
import { nameIn } from "../vocabulary/name-lookup.ts"
import { isWholeValue, startsNumber } from "../vocabulary/value-shape.ts"
import { LineCollector, type ReportLine } from "./line-collector.ts"
import { LineWords } from "./line-words.ts"
import { restoreLineBreaks, runsIntoName } from "./lost-line-breaks.ts"
import { holdsManyFields, readPackedLine } from "./packed-line.ts"
import { readSingleLine } from "./single-line.ts"

/** A report's lines in order, and the layout its sections show. */
export interface ReportLines {
  readonly lines: readonly ReportLine[]
  readonly layout: Layout
  /** The first line after a second heading; null if there is none. */
  readonly secondRun: ReportLine | null
}

const tab = 9
const colon = 58
const headingWords = reportHeading.toLowerCase().split(" ")

/**
 * Where the heading ends that starts at `from`, or -1 if the words `Battle Report` (in any case,
 * after any blanks) are not there. Where line breaks were deleted, a name may follow at once.
 */
export function headingEnd(text: string, from: number): number {
  let at = afterStrayLetter(text, from)
  for (const word of headingWords) {
    const start = at
    at = skipSpaces(text, at, text.length)
    if (start > from && start === at) return -1
    if (!hasLettersAt(text, at, word)) return -1
    at += word.length
  }
  const ends = at === text.length || isSpace(text.charCodeAt(at)) || text.charCodeAt(at) === colon
  return ends || runsIntoName(text, at) ? at : -1
}

/** A letter that some exports put before the heading: `EBattle Report`. */
function afterStrayLetter(text: string, from: number): number {
  const start = skipSpaces(text, from, text.length)
  return hasLettersAt(text, start, "eb") ? start + 1 : from
}

/** Whether a run begins at a position without a heading, as the reports of summer 2025 did. */
export function runBegins(text: string, from: number): boolean {
  const start = skipSpaces(text, from, text.length)
  return /^(?:game\s+time|battle\s+date)(?![\p{L}\p{N}])/iu.test(text.slice(start, start + 20))
}

/**
 * Reads the lines after a report's heading, in any of the game's layouts and however its blanks and
 * line breaks were changed. Linear in the length of the text.
 *
 * @param bodyStart where the heading ends, see `headingEnd`
 */
export function readLines(report: string, bodyStart: number): ReportLines {
  const body = withLineFeeds(report.slice(bodyStart))
  const isHeadless = headingEnd(report, 0) < 0 && runBegins(report, bodyStart)
  const hasLostBreaks = runsIntoName(report, bodyStart) || (isHeadless && !body.includes("\n"))
  const text = hasLostBreaks ? restoreLineBreaks(body) : body
  const collector = new LineCollector()
  for (let start = 0; start < text.length; ) {
    const lineFeed = text.indexOf("\n", start)
    const end = lineFeed < 0 ? text.length : lineFeed
    readLine(text, start, end, collector)
    start = end + 1
  }
  collector.finish()
  const { lines, layout, secondRun } = collector
  return { lines, layout, secondRun }
}

function readLine(text: string, lineStart: number, lineEnd: number, collector: LineCollector) {
  const start = skipSpaces(text, lineStart, lineEnd)
  let end = lineEnd
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  if (start === end || readPlainLine(text, start, end, collector)) return

  const line = new LineWords(text.slice(start, end))
  if (line.length === 0) return
  if (holdsManyFields(line, collector)) readPackedLine(line, collector)
  else readSingleLine(line, collector)
}

/**
 * The fast path for nearly all lines: a known label with a whole value, or a known name alone. The
 * slow path reads them the same, at several times the cost.
 */
function readPlainLine(
  text: string,
  start: number,
  end: number,
  collector: LineCollector,
): boolean {
  const valueEnd = valueEndOf(text, start, end)
  const valueStart = firstTabEnd(text, start, end) ?? lastNumber(text, start, valueEnd)
  return valueStart === null
    ? readPlainName(text, start, end, collector)
    : readPlainField(text, start, valueStart, valueEnd, end, collector)
}

function readPlainField(
  text: string,
  start: number,
  valueStart: number,
  valueEnd: number,
  end: number,
  collector: LineCollector,
): boolean {
  let labelEnd = valueStart
  while (labelEnd > start && isLabelEnd(text.charCodeAt(labelEnd - 1))) labelEnd--
  const known = nameIn(text, start, labelEnd)
  const shape = known?.value.shape ?? null
  if (known === undefined || shape === null) return false
  if (!isWholeValue(shape, text, valueStart, valueEnd)) return false
  const value = text.slice(valueStart, end)
  collector.addField(known.text, valueEnd < end ? collapseSpaces(value) : value, known.value)
  return true
}

function readPlainName(
  text: string,
  start: number,
  end: number,
  collector: LineCollector,
): boolean {
  const known = nameIn(text, start, end)
  if (known === undefined) return false
  collector.addName(known.text, known.value)
  return true
}

/** Where the value of a line ends: before its annotation, if it has one. */
function valueEndOf(text: string, start: number, end: number): number {
  let at = annotationStart(text, start, end) ?? end
  while (at > start && isSpace(text.charCodeAt(at - 1))) at--
  return at
}

/** Where the first tab of a line ends. */
function firstTabEnd(text: string, start: number, end: number): number | null {
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at) === tab) return at + 1
  }
  return null
}

/** Where the last word of a line starts, if it is a number and not the only word. */
function lastNumber(text: string, start: number, end: number): number | null {
  let at = end
  while (at > start && !isSpace(text.charCodeAt(at - 1))) at--
  return at > start && startsNumber(text, at) ? at : null
}

function isLabelEnd(code: number): boolean {
  return code === colon || isSpace(code)
}
