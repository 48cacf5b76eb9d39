import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { requireCurrentSchema } from "./migrations.ts"
import { countGrownTables } from "./planner-statistics.ts"
import { checkOn, type Mode, type Snapshot, transaction } from "./transaction.ts"
import { writerBatch, writerPart } from "./writer-lock.ts"

// What the batches before have added is planned with.
const prepared = Effect.andThen(requireCurrentSchema, countGrownTables)

const batchOfWrite =
  (patience: Duration.Duration) =>
  <A, E, R>(work: Effect.Effect<A, E, R>) =>
    writerBatch(patience)(Effect.andThen(prepared, work))

/** Runs a batch of some work: all of it is stored, or nothing. */
export type InBatch = ReturnType<typeof batchOfWrite>

const batchOfCheck: InBatch = (work) => work

/** Runs a part of some work: all of it is stored, or nothing. */
export type InPart = ReturnType<typeof partOfWrite>

/** Parts as transactions of their own, on a database whose schema must be current. */
export const partOfWrite =
  (patience: Duration.Duration) =>
  <A, E, R>(work: Effect.Effect<A, E, R>) =>
    writerPart(patience)(Effect.andThen(prepared, work))

/** Whether work is a check or a write, and how long it waits for other writers. */
export interface BatchedWork {
  readonly mode: Mode
  readonly lockTimeout: Duration.Duration
  /** For a check that is a part of another one: what that one sees. */
  readonly snapshot?: Snapshot | null
}

/**
 * Runs long work batch by batch, on a database whose schema must be current. Each batch of a write is
 * a transaction of its own, whose statements see what is there when they begin; between two of them
 * another writer may have its turn. A check is one read-only transaction with one snapshot.
 */
export const inBatches = <A, E, R>(
  { mode, lockTimeout, snapshot = null }: BatchedWork,
  work: (inBatch: InBatch) => Effect.Effect<A, E, R>,
) =>
  mode === "check"
    ? (snapshot === null ? transaction("check") : checkOn(snapshot))(
        Effect.andThen(requireCurrentSchema, work(batchOfCheck)),
      )
    : work(batchOfWrite(lockTimeout))
