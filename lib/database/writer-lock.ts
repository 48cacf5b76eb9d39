import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { note } from "../cli/notice.ts"
import { Database, queryRow, queryRows } from "./database.ts"

/** Another writing command held the lock for longer than this one would wait. */
export class WriterLockTimeout extends Schema.TaggedError<WriterLockTimeout>()(
  "WriterLockTimeout",
  { server: Schema.String, seconds: Schema.Number, holder: Schema.String },
) {
  override get message(): string {
    return `Another writing command (${this.holder}) has held the lock on ${this.server} for ${this.seconds}s. Wait for it to end, or give --lock-timeout more seconds; nothing was written.`
  }
}

// Any fixed number that nothing else in the database uses: "tower" in ASCII.
const lockKey = 0x746f776572

const tryLock = queryRow(
  Schema.Struct({ locked: Schema.Boolean }),
  (sql) => sql`select pg_try_advisory_lock(${lockKey}::bigint) as locked`,
)

const describeHolder = Effect.gen(function* () {
  const [holder] = yield* queryRows(
    Schema.Struct({ description: Schema.String }),
    (sql) => sql`
      select concat('database session ', pid, ', connected since ', to_char(backend_start, 'YYYY-MM-DD HH24:MI:SS TZ')) as description
      from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted and objsubid = 1
        and (classid::bigint << 32 | objid::bigint) = ${lockKey}::bigint`,
  )
  return holder?.description ?? "a session that just ended"
})

const acquire = Effect.fnUntraced(function* (timeout: Duration.Duration) {
  if ((yield* tryLock).locked) return
  const { server } = yield* Database
  const holder = yield* describeHolder
  const seconds = Duration.toSeconds(timeout)
  yield* note(`Waiting up to ${seconds}s for another writing command (${holder}) …`)
  // Asking again, rather than one blocking call, keeps the wait interruptible on every server.
  const poll = Effect.gen(function* () {
    while (!(yield* tryLock).locked) yield* Effect.sleep("200 millis")
  })
  yield* poll.pipe(
    Effect.timeoutOrElse({
      duration: timeout,
      orElse: () => new WriterLockTimeout({ server, seconds, holder }),
    }),
  )
})

const release = Effect.ignore(
  Effect.flatMap(Database, ({ run }) =>
    run((sql) => sql`select pg_advisory_unlock(${lockKey}::bigint)`),
  ),
)

/** Lets one writing command at a time run `work`; a second one waits up to `timeout`. */
export const withWriterLock =
  (timeout: Duration.Duration) =>
  <A, E, R>(work: Effect.Effect<A, E, R>) =>
    Effect.acquireUseRelease(
      Effect.interruptible(acquire(timeout)),
      () => work,
      () => release,
    )
