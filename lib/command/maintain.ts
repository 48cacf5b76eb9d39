import * as Effect from "effect/Effect"
import { Database } from "../database/database.ts"
import { requireCurrentSchema } from "../database/migrations.ts"
import { transaction } from "../database/transaction.ts"
import { withWriterLock } from "../database/writer-lock.ts"
import { Incomplete } from "../terminal/incomplete.ts"
import { noticeError } from "../terminal/notice.ts"
import { printReport } from "../terminal/print-report.ts"
import type { Report } from "../terminal/report.ts"
import { WouldChange } from "../terminal/would-change.ts"
import type { Intent, Mode } from "./flags.ts"

/** Prints a command's report and ends it with the exit code its caller asked for. */
export const conclude = Effect.fnUntraced(function* (intent: Intent, report: Report) {
  yield* printReport(report)
  yield* Effect.forEach(report.problems, noticeError)
  if (report.problems.length > 0) return yield* new Incomplete({ problems: report.problems.length })
  if (intent.exitCode && report.changes > 0)
    return yield* new WouldChange({ changes: report.changes })
})

/**
 * Runs a maintenance command's work as its caller intends: on the database at hand, whose schema
 * must be current, in one transaction, read-only for a check and behind the writer lock for a
 * write. The writer that a write has waited for may have been a migration.
 */
export const guarded = <A, E, R>(intent: Intent, work: (mode: Mode) => Effect.Effect<A, E, R>) => {
  const onCurrentSchema = Effect.andThen(
    requireCurrentSchema,
    transaction(intent.mode)(work(intent.mode)),
  )
  return intent.mode === "write"
    ? withWriterLock(intent.lockTimeout)(onCurrentSchema)
    : onCurrentSchema
}

/**
 * The whole of a maintenance command: `guarded` on the environment's database, then `conclude`. A
 * write waits for the embedded database as it waits for the writer lock; a check never waits.
 */
export const maintain = <E, R>(intent: Intent, work: (mode: Mode) => Effect.Effect<Report, E, R>) =>
  guarded(intent, work).pipe(
    Effect.provide(
      intent.mode === "write" ? Database.layerWithin(intent.lockTimeout) : Database.layer,
    ),
    Effect.flatMap((report) => conclude(intent, report)),
  )
