import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { noticeWarning } from "../terminal/notice.ts"
import { Database, onNewConnection } from "./database.ts"
import { queryValue } from "./query.ts"
import { transaction } from "./transaction.ts"

/** The environment variables by which a process works on the database that it was lent. */
export interface LentDatabase extends Readonly<Record<string, string | Redacted.Redacted<string>>> {
  readonly DATABASE_URL: Redacted.Redacted<string>
  readonly PGAPPNAME: string
}

// The server sees within a second that a process has gone, and ends what it was doing for it.
const limit: Duration.Input = "30 seconds"

// A pooler's session keeps the name of whoever used it last: only one that is still in a transaction
// from before may be the process's own.
const countWorking = (name: string, since: string) =>
  queryValue(
    Schema.Int,
    (sql) => sql`
      select count(*) as value from pg_stat_activity
      where application_name = ${name} and xact_start <= ${since}::text::timestamptz`,
  ).pipe(transaction("check"))

const databaseTime = queryValue(
  Schema.String,
  (sql) => sql`select clock_timestamp()::text as value`,
).pipe(transaction("check"))

const settle = Effect.fnUntraced(function* (name: string) {
  const since = yield* databaseTime
  const working = yield* countWorking(name, since).pipe(
    Effect.repeat({
      until: (count) => count === 0,
      schedule: Schedule.upTo(Schedule.spaced("50 millis"), { duration: limit }),
    }),
  )
  const { server } = yield* Database
  if (working > 0)
    yield* noticeWarning(
      `The database ${server} still works for a process that has ended, in the session "${name}" of pg_stat_activity. What writes there next waits for it.`,
    )
})

/**
 * Lends the database to the processes that `use` starts and ends, under a name of their own. When
 * `use` is over, however it ends, this waits until the server has noticed: nothing they held locked
 * stays locked. No session is ended from here, because behind a pooler it may be somebody else's by now.
 */
export const lendDatabase = <A, E, R>(
  name: string,
  use: (lent: LentDatabase) => Effect.Effect<A, E, R>,
) =>
  Effect.gen(function* () {
    const { url, reclaim, facts } = yield* Database
    const wait = facts.sharesSession ? reclaim : onNewConnection(settle(name))
    return yield* use({ DATABASE_URL: url, PGAPPNAME: name }).pipe(Effect.onExit(() => wait))
  })
