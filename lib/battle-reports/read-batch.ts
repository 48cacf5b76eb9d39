import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { TalliedReading } from "./not-understood.ts"
import { derivedRows } from "./reader/derived-rows.ts"
import { readReport } from "./reader/read-report.ts"
import { usedBots } from "./reader/used-bots.ts"
import { planReading, type ReadingPlan } from "./reading-plan.ts"
import type { SlugsOf } from "./slugs-by-name.ts"
import type { StoredReport } from "./stored-reports.ts"
import { inYieldingChunks } from "./yielding.ts"

/** What reading depends on besides the texts. */
export interface Reader {
  readonly version: string
  readonly botSlugs: SlugsOf
}

/** A stored text that is no battle report. */
export interface UnreadableReport {
  readonly reportId: number
  readonly reason: string
}

/** The result of reading some stored reports. */
export interface ReadBatch {
  readonly plans: readonly ReadingPlan[]
  readonly unreadable: readonly UnreadableReport[]
  /** What is tallied of the readings; as a whole, those of a few batches would fill the memory. */
  readonly readings: readonly TalliedReading[]
}

const readStored = (reports: readonly StoredReport[], reader: Reader): ReadBatch => {
  const plans: ReadingPlan[] = []
  const unreadable: UnreadableReport[] = []
  const readings: TalliedReading[] = []
  for (const stored of reports) {
    const reading = readReport(stored.rawText, { timeZone: stored.timeZone })
    if (Result.isFailure(reading)) {
      unreadable.push({ reportId: stored.id, reason: reading.failure.message })
      continue
    }
    const { notUnderstood, numericLines, unknownSuffixes } = reading.success
    readings.push({ notUnderstood, numericLines, unknownSuffixes })
    plans.push(
      planReading(
        reader.version,
        { reportId: stored.id, playerId: stored.playerId },
        derivedRows(reading.success, stored.storedAt),
        reader.botSlugs(usedBots(reading.success)),
        { ...stored, bots: stored.bots === "" ? [] : stored.bots.split(" ") },
      ),
    )
  }
  return { plans, unreadable, readings }
}

/** Reads stored reports and plans what each of them changes, without holding up anything else. */
export const readBatch = (reports: readonly StoredReport[], reader: Reader) =>
  Effect.map(
    inYieldingChunks(reports, (chunk) => readStored(chunk, reader)),
    (parts): ReadBatch => ({
      plans: parts.flatMap(({ plans }) => plans),
      unreadable: parts.flatMap(({ unreadable }) => unreadable),
      readings: parts.flatMap(({ readings }) => readings),
    }),
  )
