import * as Result from "effect/Result"
import { withLineFeeds } from "./reader/characters.ts"
import { splitReports } from "./reader/lines/split-reports.ts"
import { readReport } from "./reader/read-report.ts"
import type { Reading } from "./reader/reading.ts"
import type { ReportFile } from "./report-files.ts"

/** A readable report of a file, ready to be imported. */
export interface Candidate {
  readonly file: string
  readonly checksum: string
  /** The text exactly as received. */
  readonly text: string
  readonly report: Reading
}

/** A text of a file that may be a report, or why there is none. */
export type Submission =
  | { readonly file: string; readonly position: number; readonly text: string }
  | { readonly problem: string }

/** What reading submissions comes to. */
export interface Candidates {
  readonly candidates: readonly Candidate[]
  readonly problems: readonly string[]
}

/** Takes a file apart into its reports, which are not read yet. */
export const submissionsOf = ({ name, text }: ReportFile): readonly Submission[] => {
  const { unreadable, reports } = splitReports(text)
  const submitted = reports.map((report, index) => ({
    file: name,
    position: index + 1,
    text: report,
  }))
  if (unreadable === null)
    return submitted.length > 0 ? submitted : [{ problem: `${name}: it is empty` }]
  const excerpt = JSON.stringify(unreadable.trim().slice(0, 60))
  const problem =
    reports.length === 0
      ? `${name}: no battle report in it (the text begins ${excerpt})`
      : `${name}: text before the first battle report: ${excerpt}`
  return [{ problem }, ...submitted]
}

/** Reads submissions, in order. */
export const readSubmissions = (submissions: readonly Submission[]): Candidates => {
  const problems: string[] = []
  const candidates: Candidate[] = []
  for (const submission of submissions) {
    if ("problem" in submission) {
      problems.push(submission.problem)
      continue
    }
    const { file, position, text } = submission
    const reading = readReport(text)
    if (Result.isFailure(reading))
      problems.push(`${file}, report ${position}: ${reading.failure.message}`)
    else candidates.push({ file, checksum: reportChecksum(text), text, report: reading.success })
  }
  return { candidates, problems }
}

/**
 * What tells two reports of a player apart: the SHA-256, in hexadecimal, of the text with its line
 * breaks as LF and without blanks at its ends.
 */
export function reportChecksum(text: string): string {
  return Bun.CryptoHasher.hash("sha256", withLineFeeds(text).trim(), "hex")
}
