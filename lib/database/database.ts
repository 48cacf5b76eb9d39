import { resolve } from "node:path"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import postgres from "postgres"
import { ConnectionLost, type DatabaseError, databaseError } from "./database-errors.ts"
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
    /** Runs one statement and gives its rows, undecoded. */
    readonly run: (
      statement: (sql: Sql) => Statement,
    ) => Effect.Effect<postgres.RowList<postgres.Row[]>, DatabaseError>
    /** The address without password. */
    readonly server: string
    /** The address to lend to a child process. */
    readonly url: Redacted.Redacted<string>
  }
>()("towerstats/database/Database") {
  /** Connects to the database that the environment names. */
  static readonly layer = Layer.effect(
    Database,
    Effect.suspend(() => fromEnvironment),
  )

  /** Connects to the database at `location`, whatever the environment says. */
  static readonly layerAt = (location: DatabaseLocation) =>
    Layer.effect(
      Database,
      Effect.suspend(() => open(location)),
    )
}

const connect = Effect.fnUntraced(function* (url: Redacted.Redacted<string>) {
  const server = displayUrl(url)
  let isLost = false
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
    connection: { application_name: "towerstats" },
    // Identities and counts stay below 2^53; what may be larger is read as text.
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
  })
  yield* Effect.addFinalizer(() => Effect.ignore(Effect.tryPromise(() => sql.end({ timeout: 5 }))))

  // The driver would reconnect by itself and go on outside the transaction that was lost.
  const run = Effect.fnUntraced(function* (statement: (sql: Sql) => Statement) {
    if (isLost)
      return yield* new ConnectionLost({ server, detail: "the server closed the connection" })
    return yield* Effect.tryPromise({
      try: (signal) => {
        const pending = statement(sql)
        signal.addEventListener("abort", () => pending.cancel())
        return pending
      },
      catch: (cause) => databaseError(server, cause),
    })
  })

  // The setting marks the session for the triggers that keep player-owned rows from deletion.
  yield* run((sql) => sql`select set_config('towerstats.maintenance', 'on', false)`)
  return Database.of({ run, server, url })
})

const open = Effect.fnUntraced(function* (location: DatabaseLocation) {
  if (location._tag === "Server") return yield* connect(location.url)
  // Loaded on demand: a command that works on a server never pays for the embedded one.
  const { embeddedServer } = yield* Effect.promise(() => import("./embedded-server.ts"))
  return yield* connect(yield* embeddedServer(location.folder))
})

const fromEnvironment = Effect.flatMap(databaseLocation, open)

/** Runs a statement for its effect and gives the number of rows it touched. */
export const execute = Effect.fnUntraced(function* (statement: (sql: Sql) => Statement) {
  const { run } = yield* Database
  return (yield* run(statement)).count
})

/** Runs a statement and decodes each of its rows. A row of another shape is a defect. */
export const queryRows = <Row, Encoded>(
  schema: Schema.Codec<Row, Encoded>,
  statement: (sql: Sql) => Statement,
) => {
  const decode = Schema.decodeUnknownEffect(Schema.Array(schema))
  return Effect.gen(function* () {
    const { run } = yield* Database
    return yield* Effect.orDie(decode(yield* run(statement)))
  })
}

/** Runs a statement that gives exactly one row and decodes it. */
export const queryRow = <Row, Encoded>(
  schema: Schema.Codec<Row, Encoded>,
  statement: (sql: Sql) => Statement,
) =>
  Effect.flatMap(queryRows(schema, statement), ([row]) =>
    row === undefined ? Effect.die(new Error("The statement gave no row.")) : Effect.succeed(row),
  )

const statements = resolve(import.meta.dir, "../../sql")

/** A statement of the folder `sql/`, by file name, with its parameters in order. */
export const sqlFile =
  (name: `${string}.sql`, ...parameters: ReadonlyArray<string | number | boolean | null>) =>
  (sql: Sql): Statement =>
    sql.file(resolve(statements, name), [...parameters])
