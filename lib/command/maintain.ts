import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { Database } from "../database/database.ts"
import { requireCurrentSchema } from "../database/migrations.ts"
import { type Mode, transaction } from "../database/transaction.ts"
import { writerTransaction } from "../database/writer-lock.ts"
import { Incomplete, WouldChange } from "../terminal/exit.ts"
import { gitHubActions } from "../terminal/github-actions.ts"
import { noticeError } from "../terminal/notice.ts"
import { printRefusal, printReport } from "../terminal/print-report.ts"
import {
  type Drift,
  type DriftRefusal,
  isDriftRefusal,
  type Outcome,
  reportOf,
} from "../terminal/report.ts"
import type { Intent } from "./flags.ts"

/** What an annotation is headed with: the page, row and column it is about. */
const titleOf = ({ page, row, column }: Drift): string =>
  [
    `Drift on ${page?.slice(page.lastIndexOf("/") + 1) ?? "the wiki"}`,
    ...(row === null ? [] : [`row ${row}`]),
    ...(column === null ? [] : [`column ${column}`]),
  ].join(", ")

/** Prints where the drift is that work was refused for. The error itself is printed like any other. */
const reportRefusal = Effect.fnUntraced(function* (
  command: string,
  { reportedAs }: Intent,
  { drift }: DriftRefusal,
) {
  const problems = [...new Set(drift.map(({ message }) => message))]
  yield* printRefusal(
    reportOf(command, reportedAs, { units: [], total: {}, changes: 0, problems, drift }),
  )
  const { running } = yield* Effect.orDie(gitHubActions)
  if (running) yield* Effect.forEach(drift, (each) => noticeError(each.message, titleOf(each)))
})

/** Prints what a command did and ends it with the exit code its caller asked for. */
export const finish = Effect.fnUntraced(function* (
  command: string,
  { reportedAs, exitCode }: Intent,
  outcome: Outcome,
) {
  const report = reportOf(command, reportedAs, outcome)
  yield* printReport(report)
  const titles = new Map(report.drift?.map((drift) => [drift.message, titleOf(drift)]))
  yield* Effect.forEach(report.problems, (problem) => noticeError(problem, titles.get(problem)))
  if (report.problems.length > 0) return yield* new Incomplete({ problems: report.problems.length })
  if (exitCode && report.changes > 0) return yield* new WouldChange({ changes: report.changes })
})

/**
 * Runs work as its caller intends: in one transaction on the database at hand, whose schema must be
 * current, read-only for a check and under the writer lock for a write. The schema is checked once
 * the lock is held, because the writer that had it may have been a migration.
 */
export const inMaintenanceTransaction = <A, E, R>(
  intent: Intent,
  work: (mode: Mode) => Effect.Effect<A, E, R>,
) => {
  const onCurrentSchema = Effect.andThen(requireCurrentSchema, work(intent.mode))
  return intent.mode === "write"
    ? writerTransaction(intent.lockTimeout)(onCurrentSchema)
    : transaction("check")(onCurrentSchema)
}

/**
 * The whole of a maintenance command that sees to its transactions itself: runs its work on the
 * environment's database, then `finish`. A write waits for the embedded database as it waits for the
 * writer lock; a check never waits.
 */
export const runMaintenance = <E, R>(
  command: string,
  intent: Intent,
  work: Effect.Effect<Outcome, E, R>,
) =>
  work.pipe(
    Effect.provide(
      intent.mode === "write"
        ? Database.layerWith({ patience: intent.lockTimeout })
        : Database.layer,
    ),
    Effect.tapError((error) =>
      isDriftRefusal(error) ? reportRefusal(command, intent, error) : Effect.void,
    ),
    Effect.flatMap((outcome) => finish(command, intent, outcome)),
  )

/** The whole of a maintenance command whose work is one transaction. */
export const maintain = <E, R>(
  command: string,
  intent: Intent,
  work: (mode: Mode) => Effect.Effect<Outcome, E, R>,
) => runMaintenance(command, intent, inMaintenanceTransaction(intent, work))

/**
 * Runs a small administration command. Its verb is its intent: `list` shows, `add`, `set` and
 * `remove` write; it takes neither `--check` nor `--write`.
 */
export const runAdministration = <E, R>(
  command: string,
  mode: Mode,
  work: Effect.Effect<Outcome, E, R>,
) =>
  maintain(
    command,
    {
      mode,
      reportedAs: mode === "check" ? "show" : "write",
      exitCode: false,
      lockTimeout: Duration.seconds(60),
    },
    () => work,
  )
