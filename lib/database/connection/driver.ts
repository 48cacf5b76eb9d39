import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type postgres from "postgres"
import type { ServerAddress } from "./address.ts"
import type { WatchedSocket } from "./watched-socket.ts"

/** postgres.js's tagged template. */
export type Sql = postgres.Sql<{ bigint: number }>

/** A statement of postgres.js that has not run yet. */
export type Statement = postgres.PendingQuery<postgres.Row[]>

/** What a statement returns, undecoded. */
export type Rows = postgres.RowList<postgres.Row[]>

// The name libpq reads too; it tells the sessions of a deploy's steps apart.
const sessionName = Config.option(Config.NonEmptyString("PGAPPNAME"))

const start = (
  driver: typeof postgres,
  address: ServerAddress,
  applicationName: string,
  takeSocket: () => WatchedSocket["socket"],
): Sql => {
  // Documented by the driver, but not in its types.
  const ownSocket = { socket: takeSocket }
  return driver({
    ...ownSocket,
    host: address.host,
    port: address.port,
    username: address.user,
    database: address.database,
    ...(address.password === null ? {} : { password: Redacted.value(address.password) }),
    // The socket is encrypted already, where it is to be.
    ssl: false,
    max: 1,
    fetch_types: false,
    connect_timeout: 0,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    // A pooler may refuse any other; what is needed is set in each transaction.
    connection: {
      application_name: applicationName,
      ...(address.options === null ? {} : { options: address.options }),
    },
    // A prepared statement belongs to a session, and behind a pooler the next transaction may be in
    // another one, which lacks it or has another of that name.
    prepare: false,
    // Identities and counts stay below 2^53; what may be larger is read as text.
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
  })
}

/**
 * Starts the driver on a socket for the current scope. It never gets another one: when the connection
 * is lost, the driver by itself would connect again and run there what was waiting, outside of the
 * transaction that it belongs to.
 */
export const startDriver = Effect.fnUntraced(function* (
  address: ServerAddress,
  { socket, closed }: WatchedSocket,
) {
  // Loaded on demand: help and wrong calls need no driver.
  const { default: driver } = yield* Effect.promise(() => import("postgres"))
  const name = Option.getOrElse(
    yield* Effect.orDie(sessionName),
    () => address.applicationName ?? "towerstats",
  )
  let isTaken = false
  const takeSocket = () => {
    if (isTaken) throw new Error(closed()?.detail ?? "the driver asked for a second connection")
    isTaken = true
    return socket
  }
  return yield* Effect.acquireRelease(
    Effect.sync(() => start(driver, address, name, takeSocket)),
    // A lost connection answers no farewell.
    (sql) =>
      Effect.ignore(Effect.tryPromise(() => sql.end({ timeout: closed() === null ? 5 : 0 }))),
  )
})
