import { isSpace, withLineFeeds } from "./characters.ts"
import { type Layout, nameSpelled } from "./known-names.ts"
import { reportHeading } from "./labels.ts"
import { LineCollector, type ReportLine } from "./line-collector.ts"
import { LineWords, startsNumber } from "./line-words.ts"
import { holdsManyFields, readPackedLine } from "./packed-line.ts"
import { readSingleLine } from "./single-line.ts"

/** A report's lines in order, and the layout its sections show. */
export interface ReportLines {
  readonly lines: readonly ReportLine[]
  readonly layout: Layout
}

const colon = 58
const headingWords = reportHeading.toLowerCase().split(" ")

/**
 * Where the heading ends that starts at `from`, or -1 if the words `Battle Report` (in any case,
 * after any blanks) do not stand there.
 */
export function headingEnd(text: string, from: number): number {
  let at = from
  for (const word of headingWords) {
    const start = at
    while (at < text.length && isSpace(text.charCodeAt(at))) at++
    if (start > from && start === at) return -1
    if (text.slice(at, at + word.length).toLowerCase() !== word) return -1
    at += word.length
  }
  const ends = at === text.length || isSpace(text.charCodeAt(at)) || text.charCodeAt(at) === colon
  return ends ? at : -1
}

/**
 * Reads the lines behind a report's heading, in any of the game's layouts and whatever became of
 * its blanks and line breaks. Linear in the length of the text.
 *
 * @param bodyStart where the heading ends, see `headingEnd`
 */
export function readLines(report: string, bodyStart: number): ReportLines {
  const text = withLineFeeds(report.slice(bodyStart))
  const collector = new LineCollector()
  for (let start = 0; start < text.length; ) {
    const lineFeed = text.indexOf("\n", start)
    const end = lineFeed < 0 ? text.length : lineFeed
    readLine(text, start, end, collector)
    start = end + 1
  }
  collector.finish()
  return { lines: collector.lines, layout: collector.layout }
}

function readLine(text: string, lineStart: number, lineEnd: number, collector: LineCollector) {
  let start = lineStart
  while (start < lineEnd && isSpace(text.charCodeAt(start))) start++
  let end = lineEnd
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  if (start === end || readPlainLine(text, start, end, collector)) return

  const line = new LineWords(text.slice(start, end))
  if (holdsManyFields(line)) readPackedLine(line, collector)
  else readSingleLine(line, collector)
}

/**
 * The short way for nine lines in ten: a known label and one number, or a known name alone, in the
 * game's spelling. They read the same on the long way, at several times the cost.
 */
function readPlainLine(
  text: string,
  start: number,
  end: number,
  collector: LineCollector,
): boolean {
  let valueStart = end
  while (valueStart > start && !isSpace(text.charCodeAt(valueStart - 1))) valueStart--
  if (valueStart === start || !startsNumber(text, valueStart)) {
    const words = text.slice(start, end)
    const name = nameSpelled(words)
    if (name !== undefined) collector.addName(words, name)
    return name !== undefined
  }
  let labelEnd = valueStart
  while (labelEnd > start && isLabelEnd(text.charCodeAt(labelEnd - 1))) labelEnd--
  const label = text.slice(start, labelEnd)
  const name = nameSpelled(label)
  if (name?.shape !== "number") return false
  collector.addField(label, text.slice(valueStart, end), name)
  return true
}

function isLabelEnd(code: number): boolean {
  return code === colon || isSpace(code)
}
