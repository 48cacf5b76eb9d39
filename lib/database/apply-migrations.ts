import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { note } from "../terminal/notice.ts"
import { Database } from "./database.ts"
import type { DatabaseError } from "./database-errors.ts"
import { advisoryLock, lockNotAvailable, takeLock, waitingForLock } from "./lock.ts"
import { label, type Migration } from "./migration-plan.ts"
import { ledgerExists, pendingMigrations } from "./migrations.ts"
import { jsonList, queryFirst, queryValue } from "./query.ts"
import { readCommitted, transaction } from "./transaction.ts"
import { WriterLockTimeout, writerLock } from "./writer-lock.ts"

// Before the first migration there is no table that could be locked.
const migrationLock = advisoryLock(0x746f776572, "writing command") // "tower" in ASCII

/** The tables that a migration changes are in use by sessions that do not let go of them. */
export class MigrationBlocked extends Schema.TaggedError<MigrationBlocked>()("MigrationBlocked", {
  server: Schema.String,
  migration: Schema.String,
  seconds: Schema.Number,
  blockers: Schema.String,
}) {
  override get message(): string {
    return `The migration ${this.migration} could not lock the tables that it changes on ${this.server} within ${this.seconds}s: ${this.blockers} kept them in use. Wait for that to end or end it, then run the command again, or give --lock-timeout more seconds; migrations before this one stay applied.`
  }
}

/** A schema of the suite's belongs to another role, which could change or drop what is put there. */
export class SchemaOfAnotherRole extends Schema.TaggedError<SchemaOfAnotherRole>()(
  "SchemaOfAnotherRole",
  { server: Schema.String, schema: Schema.String, owner: Schema.String, user: Schema.String },
) {
  override get message(): string {
    return `The schema ${this.schema} of ${this.server} belongs to the role ${this.owner}, but this is ${this.user}. Migrate as its owner, or have an administrator run sql/roles.sql and migrate as towerstats_suite; nothing was migrated.`
  }
}

const schemas = ["towerstats", "definitions", "player_state", "gamedata"]

const requireOwnSchemas = Effect.gen(function* () {
  const { server } = yield* Database
  const foreign = yield* queryFirst(
    Schema.Struct({ schema: Schema.String, owner: Schema.String, user: Schema.String }),
    (sql) => sql`
      select nspname as schema, pg_get_userbyid(nspowner) as owner, current_user as user
      from pg_namespace
      where nspname in ${jsonList(sql, schemas)} and pg_get_userbyid(nspowner) <> current_user
      order by nspname limit 1`,
  )
  if (foreign !== null) return yield* new SchemaOfAnotherRole({ server, ...foreign })
})

// Whoever asks for a table after a migration that waits for it has to wait as well. So a migration waits
// briefly at first, and longer where that is not enough, but for a fifth of the time at most: in between
// it lets the others pass.
const shortestWait = Duration.millis(250)
const longestWait = Duration.seconds(2)
const waitOfTry = (tries: number): Duration.Duration =>
  Duration.min(Duration.times(shortestWait, 2 ** tries), longestWait)
const pauseAfter = (wait: Duration.Duration): Duration.Duration => Duration.times(wait, 4)

/** A migration's statement waited in vain, or met another session's change; it is rolled back. */
class Blocked extends Data.TaggedError("Blocked")<{ readonly migration: Migration }> {}

const isBlocking = (error: DatabaseError): boolean =>
  error._tag === "TransactionConflict" ||
  (error._tag === "StatementFailed" && error.code === lockNotAvailable)

const applyMigration = Effect.fnUntraced(function* (
  { version, name, sha256, text }: Migration,
  tableWait: Duration.Duration,
) {
  const { run } = yield* Database
  yield* run((sql) => sql.unsafe(`set local lock_timeout = ${Duration.toMillis(tableWait)}`))
  yield* run((sql) => sql.unsafe(text))
  yield* run(
    (sql) =>
      sql`insert into towerstats.schema_migration (version, name, sha256) values (${version}, ${name}, ${sha256})`,
  )
})

const attempt =
  (folder: string | undefined, tableWait: Duration.Duration) => (wait: Duration.Duration) =>
    Effect.gen(function* () {
      yield* takeLock(migrationLock, wait)
      yield* requireOwnSchemas
      if (yield* ledgerExists) yield* takeLock(writerLock, wait)
      const [migration] = yield* pendingMigrations(folder)
      if (migration === undefined) return null
      yield* Effect.mapError(applyMigration(migration, tableWait), (error) =>
        isBlocking(error) ? new Blocked({ migration }) : error,
      )
      return migration
    }).pipe(readCommitted)

// Who kept the migration waiting was there before it began to.
const describeBlockers = (tableWait: Duration.Duration) =>
  queryValue(
    Schema.String,
    (sql) => sql`
      select coalesce(
        string_agg(
          distinct concat('database session ', pid, ' (' || nullif(application_name, '') || ')'), ', '),
        'a session that just ended') as value
      from pg_locks
      join pg_stat_activity using (pid)
      join pg_class on pg_class.oid = relation
      join pg_namespace on pg_namespace.oid = relnamespace
      where database = (select oid from pg_database where datname = current_database())
        and nspname in ${jsonList(sql, schemas)}
        and granted and pid <> pg_backend_pid()
        and coalesce(xact_start <= now() - ${`${Duration.toMillis(tableWait)}ms`}::text::interval, true)`,
  ).pipe(transaction("check"))

/**
 * Applies the first migration of `folder` that the database has not had, with its row of the ledger,
 * in one transaction; returns it, or null if there is none. Waits up to `patience` for other writing
 * commands, and as long for sessions that use the tables which the migration changes.
 */
export const applyNextMigration = Effect.fnUntraced(function* (
  patience: Duration.Duration,
  folder?: string,
) {
  const { server } = yield* Database
  const started = yield* Clock.currentTimeMillis
  const seconds = Duration.toSeconds(patience)
  for (let tries = 0; ; tries += 1) {
    const tableWait = waitOfTry(tries)
    const applied = yield* waitingForLock(
      patience,
      attempt(folder, tableWait),
      (wait) => new WriterLockTimeout(wait),
    ).pipe(Effect.catchIf(isBlocked, Effect.succeed))
    if (!isBlocked(applied)) return applied
    const blockers = yield* describeBlockers(tableWait)
    const migration = label(applied.migration)
    const left = Duration.toMillis(patience) - ((yield* Clock.currentTimeMillis) - started)
    if (left <= 0) return yield* new MigrationBlocked({ server, migration, seconds, blockers })
    if (tries === 0)
      yield* note(
        `The migration ${migration} changes tables that are in use (${blockers}); trying again for up to ${seconds}s …`,
      )
    yield* Effect.sleep(Duration.min(pauseAfter(tableWait), Duration.millis(left)))
  }
})

const isBlocked = (value: unknown): value is Blocked => value instanceof Blocked

/** Applies all migrations of `folder` that the database has not had, in order, and returns them. */
export const applyMigrations = Effect.fnUntraced(function* (
  patience: Duration.Duration,
  folder?: string,
) {
  const applied: Migration[] = []
  while (true) {
    const migration = yield* applyNextMigration(patience, folder)
    if (migration === null) return applied
    applied.push(migration)
  }
})
