import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { displayAddress, formatAddress, type ServerAddress } from "./connection/address.ts"
import { type Connection, connect } from "./connection/connection.ts"
import { readAddress } from "./connection/read-address.ts"
import { requireSuitable } from "./connection/server-facts.ts"
import type { DatabaseError } from "./database-errors.ts"
import { type DatabaseLocation, databaseLocation } from "./database-location.ts"

/** Which way a connection takes: the usual one, or the one past any pooler. */
export type Way = "usual" | "direct"

/** A connection to the database, with what there is to know about it. */
export interface DatabaseConnection extends Connection {
  /** The address without password; the folder of the embedded database. */
  readonly server: string
  /** The address to lend to a child process. */
  readonly url: Redacted.Redacted<string>
  /** Whether the direct way has an address of its own. */
  readonly hasDirectWay: boolean
  /** Opens another connection to the same database, for the current scope. */
  readonly another: (way: Way) => Effect.Effect<DatabaseConnection, DatabaseError, Scope.Scope>
  /**
   * Waits until processes that were lent the embedded database have let go of it, and rolls back what
   * they left open. A server does so by itself.
   */
  readonly reclaim: Effect.Effect<void>
}

/** How a database is opened. */
export interface Options {
  /** How long to wait for the embedded one while another process has it open. */
  readonly patience?: Duration.Duration
  readonly way?: Way
}

const connectTo = Effect.fnUntraced(function* (
  ways: Readonly<Record<Way, ServerAddress>>,
  way: Way,
  rest: Pick<DatabaseConnection, "reclaim"> & { readonly server?: string },
): Effect.fn.Return<DatabaseConnection, DatabaseError, Scope.Scope> {
  const address = ways[way]
  const server = rest.server ?? displayAddress(address)
  const connection = yield* connect(address, server)
  yield* requireSuitable(server, connection.facts)
  return {
    ...connection,
    server,
    url: formatAddress(ways.usual),
    hasDirectWay: ways.direct !== ways.usual,
    another: (chosen) => connectTo(ways, chosen, rest),
    reclaim: rest.reclaim,
  }
})

/** Opens the database at `location` for the current scope. */
export const openDatabase = Effect.fnUntraced(function* (
  location: DatabaseLocation,
  { patience, way = "usual" }: Options,
) {
  if (location._tag === "Server") {
    const { address: usual, direct } = location
    return yield* connectTo({ usual, direct }, way, { reclaim: Effect.void })
  }
  // Loaded on demand: a command that works on a server never pays for the embedded one.
  const { embeddedServer } = yield* Effect.promise(() => import("./embedded/embedded-server.ts"))
  const { url, reclaim } = yield* embeddedServer(location.folder, patience)
  const usual = Result.getOrThrow(readAddress(url))
  return yield* connectTo({ usual, direct: usual }, "usual", { reclaim, server: location.folder })
})

/** Opens the database that the environment names. */
export const fromEnvironment = (options: Options) =>
  Effect.flatMap(databaseLocation, (location) => openDatabase(location, options))
