import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { note } from "../terminal/notice.ts"
import { Database } from "./database.ts"
import { queryRow, queryRows } from "./query.ts"

/** A lock that one database session at a time holds, for as long as its work takes. */
export interface AdvisoryLock<E> {
  /** Any fixed number that nothing else in the database uses. */
  readonly key: number
  /** Whose lock it is, to tell those who wait for "another …". */
  readonly owner: string
  /** The error of one who has waited too long. */
  readonly timedOut: (wait: LockWait) => E
}

/** A lock wait that timed out. */
export const LockWait = Schema.Struct({
  server: Schema.String,
  seconds: Schema.Number,
  holder: Schema.String,
})
export type LockWait = typeof LockWait.Type

const tryLock = (key: number) =>
  queryRow(
    Schema.Struct({ locked: Schema.Boolean }),
    (sql) => sql`select pg_try_advisory_lock(${key}::bigint) as locked`,
  )

const describeHolder = Effect.fnUntraced(function* (key: number) {
  const [holder] = yield* queryRows(
    Schema.Struct({ description: Schema.String }),
    (sql) => sql`
      select concat('database session ', pid, ', connected since ', to_char(backend_start, 'YYYY-MM-DD HH24:MI:SS TZ')) as description
      from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted and objsubid = 1
        and database = (select oid from pg_database where datname = current_database())
        and (classid::bigint << 32 | objid::bigint) = ${key}::bigint`,
  )
  return holder?.description ?? "a session that just ended"
})

const acquire = Effect.fnUntraced(function* <E>(lock: AdvisoryLock<E>, timeout: Duration.Duration) {
  if ((yield* tryLock(lock.key)).locked) return
  const { server } = yield* Database
  const holder = yield* describeHolder(lock.key)
  const seconds = Duration.toSeconds(timeout)
  yield* note(`Waiting up to ${seconds}s for another ${lock.owner} (${holder}) …`)
  // Asking again, rather than one blocking call, keeps the wait interruptible on every server.
  const poll = Effect.gen(function* () {
    while (!(yield* tryLock(lock.key)).locked) yield* Effect.sleep("200 millis")
  })
  yield* poll.pipe(
    Effect.timeoutOrElse({
      duration: timeout,
      orElse: () => Effect.fail(lock.timedOut({ server, seconds, holder })),
    }),
  )
})

const release = (key: number) =>
  Effect.ignore(
    Effect.flatMap(Database, ({ run }) =>
      run((sql) => sql`select pg_advisory_unlock(${key}::bigint)`),
    ),
  )

/** Runs `work` while this session holds `lock`, for which it waits up to `timeout`. */
export const withAdvisoryLock =
  <LockError>(lock: AdvisoryLock<LockError>, timeout: Duration.Duration) =>
  <A, E, R>(work: Effect.Effect<A, E, R>) =>
    Effect.acquireUseRelease(
      Effect.interruptible(acquire(lock, timeout)),
      // Whoever loses the connection has lost the lock as well.
      () => Effect.flatMap(Database, ({ lost }) => Effect.raceFirst(work, lost)),
      () => release(lock.key),
    )

/** Another writing command held the lock for longer than this one would wait. */
export class WriterLockTimeout extends Schema.TaggedError<WriterLockTimeout>()(
  "WriterLockTimeout",
  LockWait.fields,
) {
  override get message(): string {
    return `Another writing command (${this.holder}) has held the lock on ${this.server} for ${this.seconds}s. Wait for it to end, or give --lock-timeout more seconds; nothing was written.`
  }
}

const writerLock: AdvisoryLock<WriterLockTimeout> = {
  key: 0x746f776572, // "tower" in ASCII
  owner: "writing command",
  timedOut: (wait) => new WriterLockTimeout(wait),
}

/** Lets one writing command at a time run `work`; a second one waits up to `timeout`. */
export const withWriterLock = (timeout: Duration.Duration) => withAdvisoryLock(writerLock, timeout)
