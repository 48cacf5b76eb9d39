import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import { ExitCode } from "../terminal/exit.ts"
import { Database, onNewConnection } from "./database.ts"
import { advisoryLock } from "./lock.ts"
import { queryValue } from "./query.ts"
import { readCommitted, transaction } from "./transaction.ts"

/** Both addresses work, and lead to different databases. */
export class TwoDatabases extends Schema.TaggedError<TwoDatabases>()("TwoDatabases", {
  server: Schema.String,
}) {
  override readonly [Runtime.errorExitCode] = ExitCode.usage
  override get message(): string {
    return `TOWERSTATS_DIRECT_URL (${this.server}) leads to another database than DATABASE_URL. Give it the address of the same database, past its pooler; nothing was done.`
  }
}

/**
 * Fails unless the direct way leads to the same database as the usual one: a lock of a random number,
 * taken on the one, has to be seen on the other.
 */
export const requireOneDatabase = Effect.gen(function* () {
  const { run, server, hasDirectWay } = yield* Database
  if (!hasDirectWay) return
  const [key = 0] = crypto.getRandomValues(new Uint32Array(1))
  const { statement, isHeld } = advisoryLock(key, "check")
  const isSeen = queryValue(
    Schema.Boolean,
    (sql) => sql`select exists (select from pg_locks where granted and ${isHeld(sql)}) as value`,
  ).pipe(transaction("check"), onNewConnection)
  const isOne = yield* readCommitted(
    Effect.andThen(
      run((sql) => sql.unsafe(statement)),
      isSeen,
    ),
  )
  if (!isOne) return yield* new TwoDatabases({ server })
})
