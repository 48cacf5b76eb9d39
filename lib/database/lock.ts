import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { note } from "../terminal/notice.ts"
import { Database, type Sql, type Statement } from "./database.ts"
import type { DatabaseError } from "./database-errors.ts"
import { queryFirst } from "./query.ts"
import { transaction } from "./transaction.ts"

/**
 * A lock that is held from the statement that takes it to the end of its transaction. So it is bound
 * to no session: it works behind a pooler, and is gone with the connection that does the work.
 */
export interface Lock {
  /** The statement that takes it. */
  readonly statement: string
  /** A condition on a row of `pg_locks`, which holds for the one who has it. */
  readonly isHeld: (sql: Sql) => Statement
  /** Whose lock it is, to tell those who wait for "another …". */
  readonly owner: string
}

/** The lock of a fixed number that nothing else in the database uses. */
export const advisoryLock = (key: number, owner: string): Lock => ({
  statement: `select pg_advisory_xact_lock(${key})`,
  isHeld: (sql) => sql`
    locktype = 'advisory' and objsubid = 1
    and (classid::bigint << 32 | objid::bigint) = ${key}::bigint
    and database = (select oid from pg_database where datname = current_database())`,
  owner,
})

/** A lock wait that timed out. */
export const LockWait = Schema.Struct({
  server: Schema.String,
  seconds: Schema.Number,
  holder: Schema.String,
})
export type LockWait = typeof LockWait.Type

/** Somebody else holds the lock; the transaction that asked for it has failed. */
class LockBusy extends Data.TaggedError("LockBusy")<{ readonly lock: Lock }> {}

/** The SQLSTATE of a wait that took longer than lock_timeout allows. */
export const lockNotAvailable = "55P03"

/**
 * Takes a lock in the transaction under way, whose first act this has to be: so nobody waits who
 * holds another one. Waits up to `patience`; a wait can be interrupted.
 */
export const takeLock = Effect.fnUntraced(function* (lock: Lock, patience: Duration.Duration) {
  const { run } = yield* Database
  // PostgreSQL takes 0 for no limit at all.
  const limit = Math.max(1, Math.ceil(Duration.toMillis(patience)))
  yield* run((sql) =>
    sql.unsafe(`set local lock_timeout = ${limit}; ${lock.statement}; set local lock_timeout = 0`),
  ).pipe(
    Effect.catchIf(
      (error) => error._tag === "StatementFailed" && error.code === lockNotAvailable,
      () => new LockBusy({ lock }),
    ),
  )
})

const isLockBusy = <E>(error: E): error is E & LockBusy => error instanceof LockBusy

const describeHolder = ({ isHeld }: Lock) =>
  queryFirst(
    Schema.Struct({ description: Schema.String }),
    // Who may not see another role's session learns no more than its number.
    (sql) => sql`
      select concat('database session ', pid, ' (' || nullif(application_name, '') || ')',
        ', at work since ' || to_char(xact_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC'
      ) as description
      from pg_locks join pg_stat_activity using (pid)
      where granted and pid <> pg_backend_pid() and ${isHeld(sql)}
      limit 1`,
  ).pipe(
    transaction("check"),
    Effect.map((holder) => holder?.description ?? "a session that just ended"),
  )

/**
 * Runs `attempt`, a transaction that begins with `takeLock` and waits there for as long as it is told
 * to: at first not at all, then, having said who holds the lock, for up to `patience`.
 */
export const waitingForLock = <A, E, R, TimedOut>(
  patience: Duration.Duration,
  attempt: (wait: Duration.Duration) => Effect.Effect<A, E | LockBusy, R>,
  timedOut: (wait: LockWait) => TimedOut,
): Effect.Effect<A, E | TimedOut | DatabaseError, R | Database> =>
  Effect.catchIf(attempt(Duration.zero), isLockBusy, ({ lock }) =>
    Effect.gen(function* () {
      const { server } = yield* Database
      const holder = yield* describeHolder(lock)
      const seconds = Duration.toSeconds(patience)
      const giveUp = Effect.fail(timedOut({ server, seconds, holder }))
      if (Duration.isZero(patience)) return yield* giveUp
      yield* note(`Waiting up to ${seconds}s for another ${lock.owner} (${holder}) …`)
      return yield* Effect.catchIf(attempt(patience), isLockBusy, () => giveUp)
    }),
  )
