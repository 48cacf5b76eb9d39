import * as Result from "effect/Result"
import { collapseSpaces } from "./characters.ts"
import { headingEnd, readLines } from "./lines/lines.ts"
import { interpret, type Reading } from "./reading.ts"
import { BattleReportTooLarge, NotABattleReport } from "./report-errors.ts"

/** No report is longer, in UTF-8 bytes: 256 KiB, some hundred times the game's own. */
export const maximumReportBytes = 256 * 1024

const excerptLength = 60

/**
 * Reads the text the game puts on the clipboard after a run, in any of its layouts and whatever
 * became of its blanks and line breaks.
 *
 * A text is a report if it starts with `Battle Report` (blanks before it do not matter) and at
 * least one line behind that has a known label and a readable value. Unknown lines, unreadable and
 * contradicting values never make a report fail. Never throws; linear in the length of the text.
 */
export function readReport(
  text: string,
): Result.Result<Reading, NotABattleReport | BattleReportTooLarge> {
  const bytes = byteLengthAbove(text, maximumReportBytes)
  if (bytes !== null) {
    return Result.fail(new BattleReportTooLarge({ bytes, limit: maximumReportBytes }))
  }
  const bodyStart = headingEnd(text, 0)
  if (bodyStart < 0) return notAReport(text, "no heading")
  const { lines, layout } = readLines(text, bodyStart)
  const reading = interpret(lines, layout)
  if (reading === null) return notAReport(text, "no readable line")
  return Result.succeed(reading)
}

/** The text's length in UTF-8 bytes if it is above the limit. */
function byteLengthAbove(text: string, limit: number): number | null {
  if (text.length * 3 <= limit) return null
  const bytes = Buffer.byteLength(text)
  return bytes > limit ? bytes : null
}

function notAReport(text: string, reason: NotABattleReport["reason"]) {
  const excerpt = collapseSpaces(text.slice(0, excerptLength))
  return Result.fail(new NotABattleReport({ reason, excerpt }))
}
