import * as Config from "effect/Config"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type postgres from "postgres"
import { abandon } from "./abandon.ts"
import {
  ConnectionLost,
  type DatabaseError,
  DatabaseUnreachable,
  databaseError,
  whileConnecting,
} from "./database-errors.ts"
import { type DatabaseLocation, databaseLocation, displayUrl } from "./database-location.ts"

/** postgres.js's tagged template. */
export type Sql = postgres.Sql<{ bigint: number }>

/** A statement of postgres.js that has not run yet. */
export type Statement = postgres.PendingQuery<postgres.Row[]>

/**
 * One connection to the database. Statements run in the order in which they are started;
 * several may be under way at once and are pipelined.
 */
export class Database extends Context.Service<
  Database,
  {
    /** Runs one statement and returns its rows, undecoded. */
    readonly run: (
      statement: (sql: Sql) => Statement,
    ) => Effect.Effect<postgres.RowList<postgres.Row[]>, DatabaseError>
    /** The address without password; the folder of the embedded database. */
    readonly server: string
    /** The address to lend to a child process. */
    readonly url: Redacted.Redacted<string>
    /**
     * Waits until processes that were lent the embedded database have let go of it, and rolls back
     * what they left open. A server does so by itself.
     */
    readonly reclaim: Effect.Effect<void>
  }
>()("towerstats/database/Database") {
  /** Connects to the database that the environment names. */
  static readonly layer = Layer.effect(
    Database,
    Effect.suspend(() => fromEnvironment()),
  )

  /** The same, waiting up to `patience` for the embedded one while another process has it open. */
  static readonly layerWithin = (patience: Duration.Duration) =>
    Layer.effect(
      Database,
      Effect.suspend(() => fromEnvironment(patience)),
    )

  /** Connects to the database at `location`, whatever the environment says. */
  static readonly layerAt = (location: DatabaseLocation) =>
    Layer.effect(
      Database,
      Effect.suspend(() => open(location)),
    )
}

// The name libpq reads too; it tells the sessions of a deploy's steps apart.
const applicationName = Config.NonEmptyString("PGAPPNAME").pipe(Config.withDefault("towerstats"))

const connectionLimit = "20 seconds"

const connect = Effect.fnUntraced(function* (
  url: Redacted.Redacted<string>,
  server: string,
  reclaim: Effect.Effect<void> = Effect.void,
) {
  // Loaded on demand: help and wrong calls need no driver.
  const { default: postgres } = yield* Effect.promise(() => import("postgres"))
  let isLost = false
  let backend: number | null = null
  const sql = postgres(Redacted.value(url), {
    max: 1,
    fetch_types: false,
    connect_timeout: 10,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    onclose: () => {
      isLost = true
    },
    connection: {
      application_name: yield* Effect.orDie(applicationName),
      // Times come and go as text; in another style than ISO an abbreviation may mean two zones.
      DateStyle: "ISO",
      TimeZone: "UTC",
    },
    // Identities and counts stay below 2^53; what may be larger is read as text.
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
  })
  // The driver waits for answers that a lost connection will not bring any more.
  yield* Effect.addFinalizer(() =>
    Effect.ignore(Effect.tryPromise(() => sql.end({ timeout: isLost ? 0 : 5 }))),
  )

  // The driver would reconnect by itself and go on outside the transaction that was lost.
  const run = Effect.fnUntraced(function* (statement: (sql: Sql) => Statement) {
    if (isLost)
      return yield* new ConnectionLost({ server, detail: "the server closed the connection" })
    return yield* Effect.callback<postgres.RowList<postgres.Row[]>, DatabaseError>((resume) => {
      const pending = statement(sql)
      pending.then(
        (rows) => resume(Effect.succeed(rows)),
        (cause) => resume(Effect.fail(databaseError(server, cause))),
      )
      return Effect.promise(() =>
        abandon({ driver: postgres, url, connection: sql, backend }, pending),
      )
    })
  })

  // The first statement connects, so that a server out of reach is known before any work. One that
  // hangs up on every greeting is tried again by the driver for ever: hence the limit.
  const { state } = yield* run((sql) => sql`select`).pipe(
    Effect.catchTag(["ConnectionLost", "StatementFailed"], (error) =>
      Effect.fail(whileConnecting(error)),
    ),
    Effect.timeoutOrElse({
      duration: connectionLimit,
      orElse: () =>
        new DatabaseUnreachable({
          server,
          detail: `it hangs up, or does not answer within ${connectionLimit}`,
        }),
    }),
  )
  backend = state.pid
  return Database.of({ run, server, url, reclaim })
})

const open = Effect.fnUntraced(function* (
  location: DatabaseLocation,
  patience?: Duration.Duration,
) {
  if (location._tag === "Server") return yield* connect(location.url, displayUrl(location.url))
  // Loaded on demand: a command that works on a server never pays for the embedded one.
  const { embeddedServer } = yield* Effect.promise(() => import("./embedded/embedded-server.ts"))
  const { url, reclaim } = yield* embeddedServer(location.folder, patience)
  return yield* connect(url, location.folder, reclaim)
})

const fromEnvironment = (patience?: Duration.Duration) =>
  Effect.flatMap(databaseLocation, (location) => open(location, patience))
