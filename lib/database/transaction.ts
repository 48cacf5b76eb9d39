import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import type { ServerFacts } from "./connection/server-facts.ts"
import { Database } from "./database.ts"
import { queryValue } from "./query.ts"

/** `check` looks and reports; `write` does the same and then applies it. */
export type Mode = "check" | "write"

/** The name of a snapshot that a transaction has exported. */
export const Snapshot = Schema.String.check(Schema.isPattern(/^[0-9A-F-]+$/))
export type Snapshot = typeof Snapshot.Type

// A snapshot for the whole transaction: what was planned is what is applied. A write does not insist
// on "read write": a server whose administrator made it read-only stays so.
const kinds = {
  check: "repeatable read read only",
  write: "repeatable read",
  "read committed": "read committed",
} as const

// Set here and for the transaction alone, because behind a pooler nothing else is sure to stay. The
// suite limits its waits itself, so that what is set for a role in general does not break its work off;
// pg_dump does the same. Times come and go as text; in another style than ISO an abbreviation may mean
// two zones. What other roles make in their schemas, or in public, is never looked up; pg_temp comes
// last, because unnamed it would be searched first. Where a policy would hide rows from the suite, the
// server fails instead. The mark tells the database's triggers that the suite is at work: it may not
// delete what belongs to players.
const settings = [
  "search_path = pg_catalog, pg_temp",
  "row_security = off",
  "statement_timeout = 0",
  "lock_timeout = 0",
  "idle_in_transaction_session_timeout = 0",
  "datestyle = 'ISO'",
  "timezone = 'UTC'",
  "towerstats.maintenance = 'on'",
]

// What has to be left out where a server does not know it. A server that notices when nobody waits for
// a statement any more ends it, and lets go of what it held, although its process was killed.
const settingsOf = ({ version, noticesLoss }: ServerFacts): readonly string[] => [
  ...settings,
  ...(version >= 17 ? ["transaction_timeout = 0"] : []),
  ...(noticesLoss ? ["client_connection_check_interval = '1s'"] : []),
]

const beginning = (
  kind: keyof typeof kinds,
  facts: ServerFacts,
  snapshot: Snapshot | null,
): string =>
  [
    `begin isolation level ${kinds[kind]}`,
    ...(snapshot === null ? [] : [`set transaction snapshot '${snapshot}'`]),
    ...settingsOf(facts).map((setting) => `set local ${setting}`),
  ].join(";")

const rollbackLimit = "5 seconds"

// A commit is part of the work, so that it can be interrupted as well: a server may take for ever.
const once = <A, E, R>(
  kind: keyof typeof kinds,
  work: Effect.Effect<A, E, R>,
  snapshot: Snapshot | null = null,
) =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const { run, lost, facts } = yield* Database
      yield* run((sql) => sql.unsafe(beginning(kind, facts, snapshot)))
      const whole = Effect.tap(work, () => run((sql) => sql`commit`))
      const exit = yield* Effect.exit(restore(Effect.raceFirst(whole, lost)))
      if (Exit.isFailure(exit))
        yield* run((sql) => sql`rollback`).pipe(Effect.timeout(rollbackLimit), Effect.ignore)
      return yield* exit
    }),
  )

const again = Schedule.exponential(Duration.millis(50)).pipe(
  Schedule.jittered,
  Schedule.upTo({ times: 4 }),
)

/** Tries a transaction that meets a conflict with another session again, up to five times in all. */
export const retryConflicts = <A, E, R>(tried: Effect.Effect<A, E, R>) =>
  Effect.retry(tried, {
    schedule: again,
    while: (error) =>
      typeof error === "object" &&
      error !== null &&
      "_tag" in error &&
      (error._tag === "TransactionConflict" || error._tag === "RecoveryConflict"),
  })

/**
 * Runs `work` in one transaction: committed when it succeeds, rolled back when it fails or is
 * interrupted. A check is READ ONLY, so that the server itself refuses a write. A conflict with
 * another session is tried again from the start.
 */
export const transaction =
  (mode: Mode) =>
  <A, E, R>(work: Effect.Effect<A, E, R>) =>
    retryConflicts(once(mode, work))

/** Lends the snapshot of the transaction under way to others, for as long as it is under way. */
export const exportSnapshot = queryValue(
  Snapshot,
  (sql) => sql`select pg_export_snapshot() as value`,
)

/** A check that sees what the transaction sees which has exported the snapshot. */
export const checkOn =
  (snapshot: Snapshot) =>
  <A, E, R>(work: Effect.Effect<A, E, R>) =>
    retryConflicts(once("check", work, snapshot))

/**
 * Runs `work` in one transaction whose statements each see what is there when they begin. Between
 * them it holds no snapshot, so that one that stays open does not keep the server from cleaning up.
 */
export const readCommitted = <A, E, R>(work: Effect.Effect<A, E, R>) => once("read committed", work)
