import { skipSpaces } from "../characters.ts"
import { headingEnd } from "./lines.ts"

/** A file's text cut into battle reports. */
export interface SplitReports {
  /** What stands before the first report, `null` if that is nothing but blanks. */
  readonly unreadable: string | null
  /** The reports, exactly as in the file, with the blanks that follow them. */
  readonly reports: readonly string[]
}

/**
 * Cuts a text into battle reports: each starts with a line that begins with `Battle Report`, or in
 * the midst of a line where the game's own beginning stands (`Battle Report Battle Date`), as it
 * does when the line breaks between reports are lost too. Nothing is lost or altered: `unreadable`
 * and the reports, joined, are the text. Blanks before the first report are part of it.
 */
export function splitReports(text: string): SplitReports {
  const starts = reportStarts(text)
  const leading = text.slice(0, starts[0])
  const isBlank = skipSpaces(leading, 0, leading.length) === leading.length
  const cuts = isBlank && starts.length > 0 ? [0, ...starts.slice(1)] : starts
  return {
    unreadable: isBlank ? null : leading,
    reports: cuts.map((start, index) => text.slice(start, cuts[index + 1])),
  }
}

/** How the game begins a report, where no line break is left. */
const beginning = /battle[^\S\r\n]+report[^\S\r\n]*battle[^\S\r\n]+date/gi

/** A line that holds the end of one report and the beginning of another is longer. */
const longestPlainLine = 100

/** Where reports begin: at the lines that begin one, or inside a line. */
function reportStarts(text: string): readonly number[] {
  const starts: number[] = []
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const end = line.index + line[0].length
    const start = skipSpaces(text, line.index, end)
    if (start < end && headingEnd(text, start) >= 0) starts.push(line.index)
    if (line[0].length <= longestPlainLine) continue
    for (const { index } of line[0].matchAll(beginning)) {
      if (line.index + index > start) starts.push(line.index + index)
    }
  }
  return starts
}
