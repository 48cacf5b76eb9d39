import * as Effect from "effect/Effect"
import { recordUnknownMagnitudes } from "../not-understood.ts"
import { storeReadings } from "../store-readings.ts"
import type { ReadBatch } from "./read-batch.ts"
import type { ReportKey } from "./stored-reports.ts"

/** What has become of a batch. */
export interface StoredBatch {
  readonly done: ReadBatch
  /** Reports that others hold locked, or have changed since they were read: nothing is stored of them. */
  readonly missed: readonly ReportKey[]
  /** How many number suffixes were noted for the first time. */
  readonly suffixesNoted: number
}

/** Stores what was read of those reports that are claimed. */
export const storeBatch = Effect.fnUntraced(function* (
  { read, unreadable }: ReadBatch,
  claimed: ReadonlySet<number>,
) {
  const done = read.filter(({ state }) => claimed.has(state.id))
  const missed = read.filter(({ state }) => !claimed.has(state.id))
  yield* storeReadings(done.map(({ plan }) => plan))
  const suffixes = done.flatMap(({ tallied }) => tallied.unknownSuffixes)
  return {
    done: { read: done, unreadable },
    missed: missed.map(({ state: { playerId, id } }) => ({ playerId, id })),
    suffixesNoted: yield* recordUnknownMagnitudes("write", suffixes),
  } satisfies StoredBatch
})
