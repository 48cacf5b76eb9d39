import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import {
  ConnectionLost,
  type DatabaseError,
  DatabaseUnreachable,
  databaseError,
  TlsUnavailable,
  whileConnecting,
} from "../database-errors.ts"
import { abandon } from "./abandon.ts"
import type { ServerAddress } from "./address.ts"
import { type CancelKey, requestCancel } from "./cancel-request.ts"
import { type Rows, type Sql, type Statement, startDriver } from "./driver.ts"
import { openSocket } from "./socket.ts"
import { watchSocket } from "./watched-socket.ts"

/** One connection to a server. Once it is lost it stays lost: what is run on it fails at once. */
export interface Connection {
  /** Runs one statement and returns its rows. */
  readonly run: (statement: (sql: Sql) => Statement) => Effect.Effect<Rows, DatabaseError>
  /** All connections of the embedded database share one session, of which nothing is an own. */
  readonly sharesSession: boolean
  /** Fails when the connection is lost, and does not end before. */
  readonly lost: Effect.Effect<never, ConnectionLost>
}

const openWatched = (address: ServerAddress, server: string) =>
  Effect.acquireRelease(
    Effect.map(openSocket(address), watchSocket),
    ({ hangUp }) => Effect.sync(() => hangUp("the command has ended")),
    { interruptible: true },
  ).pipe(
    Effect.catchTags({
      SocketFailed: ({ detail }) => new DatabaseUnreachable({ server, detail }),
      TlsFailed: ({ detail }) => new TlsUnavailable({ server, detail }),
    }),
  )

/** Connects to a server, called `server` in messages, for the current scope. */
const open = Effect.fnUntraced(function* (address: ServerAddress, server: string) {
  const { closed, hangUp, onClose, socket } = yield* openWatched(address, server)
  const sql = yield* startDriver(address, { closed, hangUp, onClose, socket })
  let cancelKey: CancelKey | null = null
  const lossFor = (detail: string) => new ConnectionLost({ server, detail })

  // The driver does not answer a statement that it takes after its socket has failed and before that
  // has closed, as a rollback is. So every statement ends with the socket, whatever the driver does.
  const run = (statement: (sql: Sql) => Statement) =>
    Effect.callback<Rows, DatabaseError>((resume) => {
      const reason = closed()
      if (reason !== null) return resume(lossFor(reason))
      const over = Promise.withResolvers<void>()
      const settle = (result: Effect.Effect<Rows, DatabaseError>) => {
        stopListening()
        resume(result)
        over.resolve()
      }
      const stopListening = onClose((detail) => settle(lossFor(detail)))
      statement(sql).then(
        (rows) => settle(Effect.succeed(rows)),
        (cause) => {
          const error = databaseError(server, cause)
          // Why it was lost is known when the socket has closed.
          if (error._tag === "ConnectionLost") socket.destroy()
          else settle(error)
        },
      )
      return abandon(
        Effect.promise(() => over.promise),
        {
          cancel: cancelKey === null ? Effect.succeed(false) : requestCancel(address, cancelKey),
          hangUp: Effect.sync(() => hangUp("it did not answer any more")),
        },
      )
    })

  const lost = Effect.callback<never, ConnectionLost>((resume) => {
    const stopListening = onClose((detail) => resume(lossFor(detail)))
    return Effect.sync(stopListening)
  })

  // The first statement greets the server, so that one out of reach is known before any work.
  const { state, ...rows } = yield* run((statement) => statement`select pg_catalog.version()`)
  cancelKey = state
  const sharesSession = String(rows[0]?.version).includes("PGlite")
  return { run, lost, sharesSession } satisfies Connection
})

/** Connects to a server, called `server` in messages, for the current scope. */
export const connect = (address: ServerAddress, server: string) => {
  const connecting = open(address, server).pipe(
    Effect.catchTag(["ConnectionLost", "StatementFailed"], (error) =>
      Effect.fail(whileConnecting(error)),
    ),
  )
  const { connectTimeout } = address
  return connectTimeout === null
    ? connecting
    : Effect.timeoutOrElse(connecting, {
        duration: Duration.seconds(connectTimeout),
        orElse: () =>
          new DatabaseUnreachable({
            server,
            detail: `it does not answer within ${connectTimeout} seconds`,
          }),
      })
}
