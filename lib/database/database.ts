import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import { displayAddress, readAddress } from "./connection/address.ts"
import { type Connection, connect } from "./connection/connection.ts"
import { type DatabaseLocation, databaseLocation, InvalidDatabaseUrl } from "./database-location.ts"

export type { Sql, Statement } from "./connection/driver.ts"

/**
 * One connection to the database. Statements run in the order in which they are started;
 * several may be under way at once and are pipelined.
 */
export class Database extends Context.Service<
  Database,
  Connection & {
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

const connectTo = Effect.fnUntraced(function* (url: Redacted.Redacted<string>, folder?: string) {
  const address = yield* Effect.fromResult(readAddress(url)).pipe(
    Effect.mapError((problem) => new InvalidDatabaseUrl({ problem })),
  )
  const server = folder ?? displayAddress(address)
  return { ...(yield* connect(address, server)), server, url, reclaim: Effect.void }
})

const open = Effect.fnUntraced(function* (
  location: DatabaseLocation,
  patience?: Duration.Duration,
) {
  if (location._tag === "Server") return Database.of(yield* connectTo(location.url))
  // Loaded on demand: a command that works on a server never pays for the embedded one.
  const { embeddedServer } = yield* Effect.promise(() => import("./embedded/embedded-server.ts"))
  const { url, reclaim } = yield* embeddedServer(location.folder, patience)
  return Database.of({ ...(yield* connectTo(url, location.folder)), reclaim })
})

const fromEnvironment = (patience?: Duration.Duration) =>
  Effect.flatMap(databaseLocation, (location) => open(location, patience))
