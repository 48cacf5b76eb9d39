import * as Result from "effect/Result"
import { reportChecksum } from "./reader/checksum.ts"
import { type BattleReport, readReport } from "./reader/read-report.ts"
import { splitReports } from "./reader/split-reports.ts"
import type { ReportFile } from "./report-files.ts"

/** A readable report of a file, ready to be imported. */
export interface Candidate {
  readonly file: string
  readonly checksum: string
  /** The text exactly as received. */
  readonly text: string
  readonly report: BattleReport
}

/** A file's reports, or all that keeps it from being imported. */
export interface Candidates {
  readonly candidates: ReadonlyArray<Candidate>
  readonly problems: ReadonlyArray<string>
}

/** Takes a file apart into its reports and reads each of them. */
export const importCandidates = ({ name, text }: ReportFile): Candidates => {
  const { unreadable, reports } = splitReports(text)
  const problems: Array<string> = []
  const candidates: Array<Candidate> = []
  if (unreadable !== null) {
    const excerpt = unreadable.trim().slice(0, 60)
    problems.push(
      reports.length === 0
        ? `${name}: no battle report in it (the text begins ${JSON.stringify(excerpt)})`
        : `${name}: text before the first battle report: ${JSON.stringify(excerpt)}`,
    )
  } else if (reports.length === 0) problems.push(`${name}: it is empty`)
  for (const [index, report] of reports.entries()) {
    const reading = readReport(report)
    if (Result.isFailure(reading))
      problems.push(`${name}, report ${index + 1}: ${reading.failure.message}`)
    else
      candidates.push({
        file: name,
        checksum: reportChecksum(report),
        text: report,
        report: reading.success,
      })
  }
  return { candidates, problems }
}
