import { PGlite, protocol } from "@electric-sql/pglite"
import { PGLiteSocketServer } from "@electric-sql/pglite-socket"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { ownFolder } from "./owner-lock.ts"

/** The embedded database could not be opened. */
export class EmbeddedDatabaseFailed extends Schema.TaggedError<EmbeddedDatabaseFailed>()(
  "EmbeddedDatabaseFailed",
  { folder: Schema.String, detail: Schema.String },
) {
  override get message(): string {
    return `The embedded database ${this.folder} cannot be opened: ${this.detail}. Check the folder's permissions and free space; a folder that stays broken can be moved away, and the next command starts a new one.`
  }
}

// Room for a deploy and the steps it lends the database to.
const maxConnections = 16

// All connections share one session of the database, so what a process left open in it when it was
// killed, be it a half-sent statement or a transaction, is everybody's. The owner's own
// connection is the one that stays.
const reclaim = Effect.fnUntraced(function* (database: PGlite, server: PGLiteSocketServer) {
  yield* Effect.sync(() => server.getStats().activeConnections).pipe(
    Effect.repeat({
      until: (connections) => connections <= 1,
      schedule: Schedule.upTo(Schedule.spaced("10 millis"), { duration: "30 seconds" }),
    }),
  )
  yield* Effect.promise(async () => {
    await database.execProtocolRaw(protocol.serialize.sync())
    await database.exec("rollback")
  })
})

/**
 * Runs the embedded PostgreSQL of a folder for the current scope and returns its loopback address.
 * The folder is owned by this process meanwhile; for one that another process owns, this waits up
 * to `patience`. `reclaim` ends what processes that worked on it have left open.
 */
export const embeddedServer = Effect.fnUntraced(function* (
  folder: string,
  patience?: Duration.Duration,
) {
  const files = yield* FileSystem.FileSystem
  const failed = (cause: unknown) =>
    new EmbeddedDatabaseFailed({
      folder,
      detail: cause instanceof Error ? cause.message : String(cause),
    })

  yield* ownFolder(folder, patience).pipe(Effect.catchTag("PlatformError", failed))
  yield* files.makeDirectory(folder, { recursive: true }).pipe(Effect.mapError(failed))
  const database = yield* Effect.acquireRelease(
    Effect.tryPromise({ try: () => PGlite.create(folder), catch: failed }),
    (open) => Effect.ignore(Effect.tryPromise(() => open.close())),
  )
  const server = yield* Effect.acquireRelease(
    Effect.tryPromise({
      try: async () => {
        const socket = new PGLiteSocketServer({
          db: database,
          host: "127.0.0.1",
          port: 0,
          maxConnections,
        })
        await socket.start()
        return socket
      },
      catch: failed,
    }),
    (socket) => Effect.ignore(Effect.tryPromise(() => socket.stop())),
  )
  return {
    url: Redacted.make(`postgres://postgres@${server.getServerConn()}/postgres`),
    reclaim: reclaim(database, server),
  }
})
