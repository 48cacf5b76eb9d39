import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { TalliedReading } from "../not-understood.ts"
import { derivedRows } from "../reader/derived-rows.ts"
import { readReport } from "../reader/read-report.ts"
import { usedBots } from "../reader/used-bots.ts"
import { planReading, type ReadingPlan } from "../reading-plan.ts"
import type { SlugsOf } from "../slugs-by-name.ts"
import { inYieldingChunks } from "../yielding.ts"
import type { ReportState, StoredReport } from "./stored-reports.ts"

/** What reading depends on besides the texts. */
export interface Reader {
  readonly version: string
  readonly botSlugs: SlugsOf
}

/** A stored report that was read, and what that changes. */
export interface ReadReport {
  readonly state: ReportState
  /** What is tallied of the reading; as a whole, those of a few batches would fill the memory. */
  readonly tallied: TalliedReading
  readonly plan: ReadingPlan
}

/** A stored text that is no battle report. */
export interface UnreadableReport {
  readonly reportId: number
  readonly reason: string
}

/** The result of reading some stored reports. */
export interface ReadBatch {
  readonly read: readonly ReadReport[]
  readonly unreadable: readonly UnreadableReport[]
}

/** Nothing read yet. */
export const emptyBatch: ReadBatch = { read: [], unreadable: [] }

const readStored = (
  stored: StoredReport,
  { version, botSlugs }: Reader,
): Result.Result<ReadReport, UnreadableReport> => {
  const { id, playerId, timeZone, rawText, storedAt, bots } = stored
  const { reportVersion, progressVersion, metricsVersion } = stored
  const result = readReport(rawText, { timeZone })
  if (Result.isFailure(result)) return Result.fail({ reportId: id, reason: result.failure.message })
  const { notUnderstood, numericLines, unknownSuffixes } = result.success
  return Result.succeed({
    state: { id, playerId, timeZone, bots, reportVersion, progressVersion, metricsVersion },
    tallied: { notUnderstood, numericLines, unknownSuffixes },
    plan: planReading(
      version,
      { reportId: id, playerId },
      derivedRows(result.success, storedAt),
      botSlugs(usedBots(result.success)),
      {
        ...stored,
        hasProgress: progressVersion !== null,
        hasMetrics: metricsVersion !== null,
        bots: bots === "" ? [] : bots.split(" "),
      },
    ),
  })
}

/** Reads stored reports and plans what each of them changes, without holding up anything else. */
export const readBatch = (reports: readonly StoredReport[], reader: Reader) =>
  Effect.map(
    inYieldingChunks(reports, (chunk) => chunk.map((stored) => readStored(stored, reader))),
    (chunks): ReadBatch => {
      const results = chunks.flat()
      return {
        read: results.filter(Result.isSuccess).map(({ success }) => success),
        unreadable: results.filter(Result.isFailure).map(({ failure }) => failure),
      }
    },
  )
