import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Database } from "./database.ts"
import { type Lock, LockWait, takeLock, waitingForLock } from "./lock.ts"
import { MigrationsPending, readMigrations } from "./migrations.ts"
import { readCommitted, retryConflicts, transaction } from "./transaction.ts"

/** Another writing command held the lock for longer than this one would wait. */
export class WriterLockTimeout extends Schema.TaggedError<WriterLockTimeout>()(
  "WriterLockTimeout",
  { ...LockWait.fields, isBatch: Schema.optionalKey(Schema.Boolean) },
) {
  override get message(): string {
    const written = this.isBatch
      ? "what was written before stays, and the next run goes on from there"
      : "nothing was written"
    return `Another writing command (${this.holder}) has held the lock on ${this.server} for ${this.seconds}s. Wait for it to end, or give --lock-timeout more seconds; ${written}.`
  }
}

const ledger = "towerstats.schema_migration"

// What a lock in any mode that writes waits for, whoever took it.
const excluding = ["ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"]

const ledgerLock = (mode: string, heldModes: readonly string[]): Lock => ({
  statement: `lock table ${ledger} in ${mode} mode`,
  isHeld: (sql) => sql`
    relation = to_regclass(${ledger}) and mode in ${sql(heldModes)}
    and database = (select oid from pg_database where datname = current_database())`,
  owner: "writing command",
})

/**
 * The lock of every writer. It is one on a table, because LOCK TABLE takes no snapshot: what a
 * transaction plans after a wait is planned on what the other writer has left. With
 * `select pg_advisory_xact_lock(…)` a repeatable-read transaction would have its snapshot before it
 * has its lock. Nor can a role that may not write to the table, as the site's, hold it. Reading the
 * ledger goes on meanwhile.
 */
export const writerLock = ledgerLock("share row exclusive", [
  ...excluding,
  "ShareUpdateExclusiveLock",
  "RowExclusiveLock",
])

const batches = ledgerLock("row exclusive", excluding)

/**
 * The lock of a batch of a writer's work: batches get on with each other, but not with writers. A
 * read-only server grants it; what it refuses is to lock rows, were there any, so that a write without
 * work fails there too.
 */
const batchLock: Lock = {
  ...batches,
  statement: `${batches.statement}; select from ${ledger} limit 0 for key share`,
}

const missing = new Set(["42P01", "3F000"])

const noSchema = Effect.gen(function* () {
  const { server } = yield* Database
  return yield* new MigrationsPending({ server, pending: (yield* readMigrations()).length })
})

const take = (lock: Lock, wait: Duration.Duration) =>
  Effect.catchIf(
    takeLock(lock, wait),
    (error) => error._tag === "StatementFailed" && missing.has(error.code),
    () => noSchema,
  )

/**
 * Runs `work` in one write transaction that nobody else's writes can come in between: it begins with
 * the writer lock, for which it waits up to `patience`, and when it is tried again, it takes it again.
 */
export const writerTransaction =
  (patience: Duration.Duration) =>
  <A, E, R>(work: Effect.Effect<A, E, R>) =>
    waitingForLock(
      patience,
      (wait) => transaction("write")(Effect.andThen(take(writerLock, wait), work)),
      (wait) => new WriterLockTimeout(wait),
    )

/**
 * Runs `work`, one of many batches, in one write transaction whose statements each see what is there
 * when they begin. The batches of several processes may run at once; what they write they have to lock.
 * No other writer's transaction comes in between, but one may have its turn between two batches.
 */
export const writerBatch =
  (patience: Duration.Duration) =>
  <A, E, R>(work: Effect.Effect<A, E, R>) =>
    waitingForLock(
      patience,
      (wait) => retryConflicts(readCommitted(Effect.andThen(take(batchLock, wait), work))),
      (wait) => new WriterLockTimeout({ ...wait, isBatch: true }),
    )

/**
 * Runs `work`, one of the parts of a write that no other writer's transaction comes in between, though
 * one may have its turn between two parts. It is never tried again: what a part has counted stays counted.
 */
export const writerPart =
  (patience: Duration.Duration) =>
  <A, E, R>(work: Effect.Effect<A, E, R>) =>
    waitingForLock(
      patience,
      (wait) => readCommitted(Effect.andThen(take(writerLock, wait), work)),
      (wait) => new WriterLockTimeout({ ...wait, isBatch: true }),
    )
