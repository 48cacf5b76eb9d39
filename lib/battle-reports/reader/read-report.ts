import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { collapseSpaces, hasBothCases, withLineFeeds } from "./characters.ts"
import { undress } from "./lines/dress.ts"
import type { ReportLine } from "./lines/line-collector.ts"
import { headingEnd, readLines, runBegins } from "./lines/lines.ts"
import { interpret, type Reading, type Thoroughness } from "./reading.ts"
import { mayHaveDecimalCommas } from "./values/decimal-sign.ts"
import { languageOfHeading } from "./vocabulary/languages.ts"

// How a report is read, from its text to what it says:
//
// 1. lines/dress takes off what was pasted along: quote marks, bullets, tables.
// 2. lines/lines finds the heading and cuts the body into lines: most the short way, a line whose
//    value has to be found by single-line, one that holds a whole report by packed-line.
// 3. vocabulary/ knows every label and section; line-collector notes the section of each line.
// 4. reading decides what each line means in its section, and values/ read what it says.
//
// Every file of this folder is hashed into the reader's version: after any change to them, a reparse
// reads every stored report again.

const faults = {
  "no heading": 'it does not start with "Battle Report"',
  "no readable line": "no line after its heading can be read",
  "two runs": "it holds two runs",
} as const

/** The text is no battle report, or more than one. */
export class NotABattleReport extends Schema.TaggedError<NotABattleReport>()("NotABattleReport", {
  reason: Schema.Literals(["no heading", "no readable line", "two runs"]),
  /** How the text begins. */
  excerpt: Schema.String,
  /** A line of a second run, and its number in the text, from 1. */
  secondRun: Schema.NullOr(Schema.Struct({ line: Schema.String, number: Schema.Int })),
}) {
  override get message(): string {
    const begins = `the text begins "${this.excerpt}"`
    return this.secondRun === null
      ? `Not a battle report: ${faults[this.reason]} (${begins}). Copy the whole report from the game's run history and try again.`
      : `Not a battle report: ${faults[this.reason]} (${begins}; its line ${this.secondRun.number}, "${this.secondRun.line}", is of the second). Put "Battle Report" on a line before each run and try again.`
  }
}

/** The text is a battle report in another language of the game. */
export class ForeignReport extends Schema.TaggedError<ForeignReport>()("ForeignReport", {
  language: Schema.String,
}) {
  override get message(): string {
    return `This report is in ${this.language}; the suite reads English ones. Set the game's language to English and copy it again.`
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

/** Why a text cannot be read as a battle report. */
export type ReportError = NotABattleReport | ForeignReport | BattleReportTooLarge

/** No report is longer, in UTF-8 bytes: 256 KiB, some hundred times the game's own. */
export const maximumReportBytes = 256 * 1024

const excerptLength = 60

/** What a reading depends on besides the text. */
export interface ReadOptions {
  /** The time zone of the player's device, as an IANA name; UTC unless it is known. */
  readonly timeZone?: string
}

/**
 * Reads the text the game puts on the clipboard after a run, in any of its layouts and whatever
 * became of its blanks and line breaks, from a device set to any language.
 *
 * A text is a report if it starts with `Battle Report`, or as the reports of summer 2025 did without
 * a heading, and at least one line after that has a known label and a readable value. Unknown lines
 * and unreadable values never make a report fail; they are named in the reading. Two runs in one text
 * do. Never throws; linear in the length of the text.
 */
export function readReport(
  text: string,
  { timeZone = "UTC" }: ReadOptions = {},
): Result.Result<Reading, ReportError> {
  return read(text, timeZone, "all")
}

/** Why `readReport` fails for a text, or null if it does not; it reads no more than it needs to tell. */
export function refusalOf(text: string): ReportError | null {
  const reading = read(text, "UTC", "verdict")
  return Result.isFailure(reading) ? reading.failure : null
}

function read(
  text: string,
  timeZone: string,
  thoroughness: Thoroughness,
): Result.Result<Reading, ReportError> {
  const bytes = byteLengthAbove(text, maximumReportBytes)
  if (bytes !== null) {
    return Result.fail(new BattleReportTooLarge({ bytes, limit: maximumReportBytes }))
  }
  const report = undress(text)
  const bodyStart = findBody(report)
  if (bodyStart === null) return Result.fail(withoutHeading(text))
  const { lines, layout, secondRun } = readLines(report, bodyStart)
  if (secondRun !== null) return Result.fail(twoRuns(text, report, secondRun))
  const device = {
    timeZone,
    mayHaveDecimalCommas: mayHaveDecimalCommas(report),
    hasAnnotations: report.includes("["),
    hasLostCase: !hasBothCases(report),
  }
  const reading = interpret(lines, layout, device, thoroughness)
  return Result.mapError(reading, (none) =>
    none === "no readable line" ? notAReport(text, none) : twoRuns(text, report, none.secondRun),
  )
}

/** Lines that may come before a heading: a caption, a title. */
const longestCaption = 5

/** Where the body of a report starts: after its heading, or where its first line is. */
function findBody(report: string): number | null {
  let start = 0
  for (let line = 0; line <= longestCaption && start < report.length; line++) {
    const end = headingEnd(report, start)
    if (end >= 0) return end
    if (runBegins(report, start)) return start
    const lineFeed = report.indexOf("\n", start)
    if (lineFeed < 0) return null
    start = lineFeed + 1
  }
  return null
}

function withoutHeading(text: string) {
  const language = firstLines(text)
    .map(languageOfHeading)
    .find((found) => found !== null)
  return language === undefined || language === null
    ? notAReport(text, "no heading")
    : new ForeignReport({ language: language.name })
}

const firstLines = (text: string): readonly string[] =>
  text
    .slice(0, 1000)
    .split(/\r\n?|\n/)
    .slice(0, longestCaption)

/** The text's length in UTF-8 bytes if it is above the limit. */
function byteLengthAbove(text: string, limit: number): number | null {
  if (text.length * 3 <= limit) return null
  const bytes = Buffer.byteLength(text)
  return bytes > limit ? bytes : null
}

function notAReport(text: string, reason: "no heading" | "no readable line") {
  return new NotABattleReport({ reason, excerpt: excerptOf(text), secondRun: null })
}

/** @param report the text without its dress: a line of the one is on the same line in the other */
function twoRuns(text: string, report: string, { label, value }: ReportLine) {
  const words = [label, value ?? ""]
  const lines = withLineFeeds(report).split("\n").map(collapseSpaces)
  const number = 1 + lines.findLastIndex((line) => words.every((word) => line.includes(word)))
  return new NotABattleReport({
    reason: "two runs",
    excerpt: excerptOf(text),
    secondRun: { line: excerptOf(words.join(" ")), number },
  })
}

const excerptOf = (text: string): string => collapseSpaces(text.slice(0, excerptLength))
