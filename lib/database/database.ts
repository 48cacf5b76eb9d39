import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { displayAddress, formatAddress, type ServerAddress } from "./connection/address.ts"
import { type Connection, connect } from "./connection/connection.ts"
import { readAddress } from "./connection/read-address.ts"
import { requireSuitable } from "./connection/server-facts.ts"
import type { DatabaseError } from "./database-errors.ts"
import { type DatabaseLocation, databaseLocation } from "./database-location.ts"

export type { Sql, Statement } from "./connection/driver.ts"

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

/**
 * One connection to the database. Statements run in the order in which they are started;
 * several may be under way at once and are pipelined.
 */
export class Database extends Context.Service<Database, DatabaseConnection>()(
  "towerstats/database/Database",
) {
  /** Connects to the database that the environment names. */
  static readonly layer = Layer.effect(
    Database,
    Effect.suspend(() => fromEnvironment({})),
  )

  /**
   * The same, waiting up to `patience` for the embedded one while another process has it open, or
   * past any pooler.
   */
  static readonly layerWith = (options: Options) =>
    Layer.effect(
      Database,
      Effect.suspend(() => fromEnvironment(options)),
    )

  /** Connects to the database at `location`, whatever the environment says. */
  static readonly layerAt = (location: DatabaseLocation) =>
    Layer.effect(
      Database,
      Effect.suspend(() => open(location, {})),
    )
}

/**
 * Runs `work` over a connection of its own, which lasts no longer: for what happens now and then, in
 * between of which a connection would be idle, or might be lost.
 */
export const onNewConnection = <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.flatMap(Database, ({ another }) =>
    Effect.scoped(Effect.provideServiceEffect(work, Database, another("usual"))),
  )

interface Options {
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

const open = Effect.fnUntraced(function* (
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

const fromEnvironment = (options: Options) =>
  Effect.flatMap(databaseLocation, (location) => open(location, options))
