import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { derivedRows } from "./reader/derived-rows.ts"
import { readReport } from "./reader/read-report.ts"
import type { Reading } from "./reader/reading.ts"
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
  readonly unknownSuffixes: readonly string[]
  readonly readings: readonly Reading[]
}

const readStored = (reports: readonly StoredReport[], reader: Reader): ReadBatch => {
  const plans: ReadingPlan[] = []
  const unreadable: UnreadableReport[] = []
  const unknownSuffixes: string[] = []
  const readings: Reading[] = []
  for (const stored of reports) {
    const reading = readReport(stored.rawText, { timeZone: stored.timeZone })
    if (Result.isFailure(reading)) {
      unreadable.push({ reportId: stored.id, reason: reading.failure.message })
      continue
    }
    unknownSuffixes.push(...reading.success.unknownSuffixes)
    readings.push(reading.success)
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
  return { plans, unreadable, unknownSuffixes, readings }
}

/** Reads stored reports and plans what each of them changes, without holding up anything else. */
export const readBatch = (reports: readonly StoredReport[], reader: Reader) =>
  Effect.map(
    inYieldingChunks(reports, (stretch) => readStored(stretch, reader)),
    (parts): ReadBatch => ({
      plans: parts.flatMap(({ plans }) => plans),
      unreadable: parts.flatMap(({ unreadable }) => unreadable),
      unknownSuffixes: [...new Set(parts.flatMap(({ unknownSuffixes }) => unknownSuffixes))],
      readings: parts.flatMap(({ readings }) => readings),
    }),
  )
