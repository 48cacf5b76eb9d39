import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { ReportSource } from "./files/report-files.ts"
import { textOf } from "./files/report-text.ts"
import { withLineFeeds } from "./reader/characters.ts"
import { type FilePiece, ReportSplitter } from "./reader/lines/split-reports.ts"
import { readReport } from "./reader/read-report.ts"
import type { Reading } from "./reader/reading.ts"

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
  | { readonly file: string; readonly line: number; readonly text: string }
  | { readonly problem: string }

/** The result of reading submissions. */
export interface Candidates {
  readonly candidates: readonly Candidate[]
  readonly problems: readonly string[]
}

const excerptOf = (text: string): string => JSON.stringify(text.trim().slice(0, 60))

/** Cuts a file into its reports, which are not read yet, while it is read itself. */
export const submissionsIn = (source: ReportSource): Stream.Stream<Submission> =>
  Stream.suspend(() => {
    const { name } = source
    const splitter = new ReportSplitter()
    let reports = 0
    let beginning: string | null = null
    const submit = ({ kind, text, line }: FilePiece): readonly Submission[] => {
      if (kind === "report") {
        reports += 1
        return [{ file: name, line, text }]
      }
      if (text.trim() !== "") beginning ??= excerptOf(text)
      return kind === "orphaned"
        ? [
            {
              problem: `${name}, line ${line}: fields of a run without its beginning: ${excerptOf(text)}`,
            },
          ]
        : []
    }
    const summary = Effect.sync((): readonly Submission[] => {
      const last = splitter.finish().flatMap(submit)
      if (reports > 0 || last.length > 0) return last
      return beginning === null
        ? [{ problem: `${name}: it is empty` }]
        : [{ problem: `${name}: no battle report in it (the text begins ${beginning})` }]
    })
    return textOf(source).pipe(
      Stream.map((text) => splitter.push(text).flatMap(submit)),
      Stream.concat(Stream.fromEffect(summary)),
      Stream.flattenIterable,
      Stream.catchTag("UnreadableFile", ({ message }) =>
        Stream.succeed<Submission>({ problem: message }),
      ),
    )
  })

/** Reads submissions, in order, from a device in a time zone. */
export const readSubmissions = (
  submissions: readonly Submission[],
  timeZone: string,
): Candidates => {
  const problems: string[] = []
  const candidates: Candidate[] = []
  for (const submission of submissions) {
    if ("problem" in submission) {
      problems.push(submission.problem)
      continue
    }
    const { file, line, text } = submission
    const reading = readReport(text, { timeZone })
    if (Result.isFailure(reading))
      problems.push(`${file}, line ${line}: ${reading.failure.message}`)
    else candidates.push({ file, checksum: reportChecksum(text), text, report: reading.success })
  }
  return { candidates, problems }
}

// What Python's `strip` takes off, by which existing databases were hashed: unlike JavaScript's `trim`
// it takes the separators U+001C to U+001F and U+0085, and leaves U+FEFF.
const blank =
  "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]"
const leadingBlanks = new RegExp(`^${blank}+`)
const isBlank = new RegExp(blank)

function stripped(text: string): string {
  let end = text.length
  while (end > 0 && isBlank.test(text.charAt(end - 1))) end--
  return text.slice(0, end).replace(leadingBlanks, "")
}

/**
 * What tells two reports of a player apart: the SHA-256, in hexadecimal, of the text with its line
 * breaks as LF and without blanks at its ends.
 */
export function reportChecksum(text: string): string {
  return Bun.CryptoHasher.hash("sha256", stripped(withLineFeeds(text)), "hex")
}
