import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { Database } from "./database.ts"
import { execute, queryRow } from "./query.ts"
import { transaction } from "./transaction.ts"

/** The environment variables by which a process works on the database that it was lent. */
export interface LentDatabase extends Readonly<Record<string, string | Redacted.Redacted<string>>> {
  readonly DATABASE_URL: Redacted.Redacted<string>
  readonly PGAPPNAME: string
}

/** The database session of a process that has ended could not be ended as well. */
export class SessionLingers extends Schema.TaggedError<SessionLingers>()("SessionLingers", {
  server: Schema.String,
  name: Schema.String,
}) {
  override get message(): string {
    return `A database session of "${this.name}" outlives its process on ${this.server} and cannot be ended. Find that application_name in pg_stat_activity and end it, then run the command again.`
  }
}

// A session notices by itself that its process has gone, unless a long statement keeps it busy.
const quietWait: Duration.Input = "1 second"
const terminatedWait: Duration.Input = "30 seconds"

// The embedded database has one session, this one, which is nobody else's.
const countSessions = (name: string) =>
  queryRow(
    Schema.Struct({ open: Schema.Int }),
    (sql) => sql`
      select count(*) as open from pg_stat_activity
      where application_name = ${name} and pid <> pg_backend_pid()`,
  ).pipe(transaction("check"))

const areGone = (name: string, wait: Duration.Input) =>
  countSessions(name).pipe(
    Effect.repeat({
      until: ({ open }) => open === 0,
      schedule: Schedule.upTo(Schedule.spaced("50 millis"), { duration: wait }),
    }),
    Effect.map(({ open }) => open === 0),
  )

const endSessions = Effect.fnUntraced(function* (name: string) {
  const { server, reclaim } = yield* Database
  yield* reclaim
  if (yield* areGone(name, quietWait)) return
  yield* execute(
    (sql) => sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${name} and pid <> pg_backend_pid()`,
  ).pipe(transaction("check"))
  if (!(yield* areGone(name, terminatedWait))) return yield* new SessionLingers({ server, name })
})

/**
 * Lends the database to the processes that `use` starts and ends, under a name of their own. When
 * `use` is over, however it ends, so are their sessions: nothing they held locked stays locked.
 */
export const lendDatabase = <A, E, R>(
  name: string,
  use: (lent: LentDatabase) => Effect.Effect<A, E, R>,
) =>
  Effect.flatMap(Database, ({ url }) =>
    use({ DATABASE_URL: url, PGAPPNAME: name }).pipe(Effect.onExit(() => endSessions(name))),
  )
