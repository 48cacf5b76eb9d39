import * as Result from "effect/Result"
import type { ReportLine } from "../../../lib/battle-reports/reader/lines/line-collector.ts"
import { headingEnd, readLines } from "../../../lib/battle-reports/reader/lines/lines.ts"
import { readReport } from "../../../lib/battle-reports/reader/read-report.ts"
import type { Reading } from "../../../lib/battle-reports/reader/reading.ts"

/** A report's heading, sections and fields, apart from how they are spaced. */
export type Field = Pick<ReportLine, "section" | "label" | "value">

/** What stands between label and value, and between lines. */
export interface Spacing {
  readonly separator: string
  readonly lineBreak: string
}

/** The spacings in which reports reach us; all of them say the same. */
export const spacings = {
  tabs: { separator: "\t", lineBreak: "\n" },
  colons: { separator: ": ", lineBreak: "\n" },
  "runs of spaces": { separator: "    ", lineBreak: "\n" },
  "single spaces": { separator: " ", lineBreak: "\n" },
  CRLF: { separator: "\t", lineBreak: "\r\n" },
  CR: { separator: " ", lineBreak: "\r" },
  "blank lines and indentation": { separator: "\t", lineBreak: "  \n\n \t\n    " },
  "no-break spaces": { separator: "\u00a0", lineBreak: "\n" },
  "marks of the writing direction": {
    separator: "\u200e\t\u2068",
    lineBreak: "\u2069\u061c\n\u200e",
  },
  "one line with tabs": { separator: "\t", lineBreak: " " },
  "one line with colons": { separator: ": ", lineBreak: " " },
  "one line with runs of spaces": { separator: "    ", lineBreak: " " },
  "one line with single spaces": { separator: " ", lineBreak: " " },
} as const satisfies Readonly<Record<string, Spacing>>

/** Spacings of reports whose line breaks were deleted, with nothing in their place. */
export const seamlessSpacings: Readonly<Record<string, Spacing>> = {
  "tabs alone": { separator: "\t", lineBreak: "" },
  "colons alone": { separator: ": ", lineBreak: "" },
  "runs of spaces alone": { separator: "    ", lineBreak: "" },
  "single spaces alone": { separator: " ", lineBreak: "" },
}

/** Writes a report in a spacing, or each of its lines in the next of several. */
export function writeReport(fields: readonly Field[], ...inTurn: readonly Spacing[]): string {
  let text = "Battle Report"
  let count = 0
  let section: string | null = null
  const nextSpacing = () => inTurn[count++ % inTurn.length] ?? spacings.tabs
  for (const field of fields) {
    if (field.section !== section && field.section !== null)
      text += nextSpacing().lineBreak + field.section
    section = field.section
    const { separator, lineBreak } = nextSpacing()
    text += lineBreak + field.label + (field.value === null ? "" : separator + field.value)
  }
  return text
}

/** Reads a text that is a report. */
export function read(text: string): Reading {
  return Result.getOrThrow(readReport(text))
}

/** The fields of a report's text, as `writeReport` takes them. */
export function fieldsOf(text: string): readonly Field[] {
  const { lines } = readLines(text, headingEnd(text, 0))
  return lines.map(({ section, label, value }) => ({ section, label, value }))
}

/** What a report's text says, as plain data that compares by value and in order. */
export function saidBy(text: string) {
  const { metrics, ...rest } = read(text)
  return { ...rest, fields: fieldsOf(text), metrics: [...metrics] }
}

/** The text of one of our own reports, with invented figures. */
export function fixture(name: "classic" | "sectioned"): Promise<string> {
  return Bun.file(new URL(`fixtures/${name}.txt`, import.meta.url)).text()
}
