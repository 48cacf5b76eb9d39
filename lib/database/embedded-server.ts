import { PGlite } from "@electric-sql/pglite"
import { PGLiteSocketServer } from "@electric-sql/pglite-socket"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Redacted from "effect/Redacted"
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

/**
 * Runs the embedded PostgreSQL of a folder for the current scope and gives its loopback address.
 * The folder is owned by this process meanwhile.
 */
export const embeddedServer = Effect.fnUntraced(function* (folder: string) {
  const files = yield* FileSystem.FileSystem
  const failed = (cause: unknown) =>
    new EmbeddedDatabaseFailed({
      folder,
      detail: cause instanceof Error ? cause.message : String(cause),
    })

  yield* ownFolder(folder).pipe(Effect.catchTag("PlatformError", failed))
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
  return Redacted.make(`postgres://postgres@${server.getServerConn()}/postgres`)
})
