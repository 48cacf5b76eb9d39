import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { collapseSpaces } from "./characters.ts"
import { headingEnd, readLines } from "./lines/lines.ts"
import { interpret, type Reading } from "./reading.ts"

/** The text is no battle report: it lacks the heading, or no line behind it can be read. */
export class NotABattleReport extends Schema.TaggedError<NotABattleReport>()("NotABattleReport", {
  reason: Schema.Literals(["no heading", "no readable line"]),
  /** How the text begins. */
  excerpt: Schema.String,
}) {
  override get message(): string {
    const fault =
      this.reason === "no heading"
        ? 'it does not start with "Battle Report"'
        : "no line after its heading can be read"
    return `Not a battle report: ${fault} (the text begins "${this.excerpt}"). Copy the whole report from the game's run history and try again.`
  }
}

/** The text is longer than any battle report. */
export class BattleReportTooLarge extends Schema.TaggedError<BattleReportTooLarge>()(
  "BattleReportTooLarge",
  { bytes: Schema.Number, limit: Schema.Number },
) {
  override get message(): string {
    return `Battle report too large: ${this.bytes} bytes, the limit is ${this.limit}. Check that it is one report, and that each report in a file starts on a line of its own.`
  }
}

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
