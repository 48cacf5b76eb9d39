import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { reportChecksum } from "../checksum.ts"
import type { TalliedReading } from "../not-understood.ts"
import { type DerivedRows, derivedRows } from "../reader/derived-rows.ts"
import { readReport } from "../reader/read-report.ts"
import type { ListedWeapon } from "../reader/reading.ts"
import { usedBots } from "../reader/used-bots.ts"
import { inYieldingChunks } from "../yielding.ts"
import type { Submission } from "./submissions.ts"

/**
 * A readable report of a file, ready to be imported. Its metrics are kept as the texts to be stored:
 * as objects, those of a few batches would fill the memory.
 */
export interface Candidate extends TalliedReading {
  readonly file: string
  readonly checksum: string
  /** The text exactly as received. */
  readonly text: string
  readonly rows: DerivedRows
  /** The bots used in the run, by name. */
  readonly botNames: readonly string[]
  readonly listedWeapons: readonly ListedWeapon[]
}

/** What reading depends on besides the texts. */
export interface ReadingSettings {
  /** The time zone of the player's device. */
  readonly timeZone: string
  /** When the reports are stored, an ISO instant; the date of a report that has none. */
  readonly storedAt: string
}

/** A batch that was read. */
export interface ReadBatch {
  readonly submissions: readonly Submission[]
  readonly timeZone: string
  readonly candidates: readonly Candidate[]
  /** What of it is no report, and why. */
  readonly problems: readonly string[]
}

const readSubmission = (
  submission: Submission,
  { timeZone, storedAt }: ReadingSettings,
): Result.Result<Candidate, string> => {
  if ("problem" in submission) return Result.fail(submission.problem)
  const { file, line, text } = submission
  return readReport(text, { timeZone }).pipe(
    Result.map((reading) => ({
      file,
      checksum: reportChecksum(text),
      text,
      notUnderstood: reading.notUnderstood,
      numericLines: reading.numericLines,
      unknownSuffixes: reading.unknownSuffixes,
      rows: derivedRows(reading, storedAt),
      botNames: usedBots(reading),
      listedWeapons: reading.ultimateWeapons,
    })),
    Result.mapError(({ message }) => `${file}, line ${line}: ${message}`),
  )
}

/** Reads a batch, in order, without holding up anything else. */
export const readBatch = (submissions: readonly Submission[], settings: ReadingSettings) =>
  Effect.map(
    inYieldingChunks(submissions, (chunk) =>
      chunk.map((submission) => readSubmission(submission, settings)),
    ),
    (chunks): ReadBatch => {
      const results = chunks.flat()
      return {
        submissions,
        timeZone: settings.timeZone,
        candidates: results.filter(Result.isSuccess).map(({ success }) => success),
        problems: results.filter(Result.isFailure).map(({ failure }) => failure),
      }
    },
  )
