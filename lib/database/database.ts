import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { DatabaseLocation } from "./database-location.ts"
import type { DatabaseConnection, Options } from "./open-database.ts"

export type { Sql, Statement } from "./connection/driver.ts"
export type { DatabaseConnection, Way } from "./open-database.ts"

// Help and wrong calls need none of what opens a connection.
const loadOpening = Effect.promise(() => import("./open-database.ts"))

const fromEnvironment = (options: Options) =>
  Effect.flatMap(loadOpening, (opening) => opening.fromEnvironment(options))

/**
 * One connection to the database. Statements run in the order in which they are started;
 * several may be under way at once and are pipelined.
 */
export class Database extends Context.Service<Database, DatabaseConnection>()(
  "towerstats/database/Database",
) {
  /** Connects to the database that the environment names. */
  static readonly layer = Layer.effect(Database, fromEnvironment({}))

  /**
   * The same, waiting up to `patience` for the embedded one while another process has it open, or
   * past any pooler.
   */
  static readonly layerWith = (options: Options) => Layer.effect(Database, fromEnvironment(options))

  /** Connects to the database at `location`, whatever the environment says. */
  static readonly layerAt = (location: DatabaseLocation) =>
    Layer.effect(
      Database,
      Effect.flatMap(loadOpening, (opening) => opening.openDatabase(location, {})),
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
