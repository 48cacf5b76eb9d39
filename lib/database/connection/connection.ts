import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { note } from "../../terminal/notice.ts"
import {
  ConnectionLost,
  type DatabaseError,
  DatabaseUnavailable,
  DatabaseUnreachable,
  TlsUnavailable,
} from "../database-errors.ts"
import { abandon } from "./abandon.ts"
import type { ServerAddress, TlsMode } from "./address.ts"
import { type CancelKey, requestCancel } from "./cancel-request.ts"
import { type Rows, type Sql, type Statement, startDriver } from "./driver.ts"
import { driverError, whileConnecting } from "./driver-errors.ts"
import type { LastWords } from "./last-words.ts"
import { askForFacts, readFacts, type ServerFacts } from "./server-facts.ts"
import { openSocket } from "./socket.ts"
import { type WatchedSocket, watchSocket } from "./watched-socket.ts"

/** One connection to a server. Once it is lost it stays lost: what is run on it fails at once. */
export interface Connection {
  /** Runs one statement and returns its rows. */
  readonly run: (statement: (sql: Sql) => Statement) => Effect.Effect<Rows, DatabaseError>
  readonly facts: ServerFacts
  /** Fails when the connection is lost, and does not end before. */
  readonly lost: Effect.Effect<never, DatabaseError>
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

// Has the driver run statements on a socket.
const open = Effect.fnUntraced(function* (
  address: ServerAddress,
  server: string,
  watched: WatchedSocket,
) {
  const { closed, hangUp, onClose, socket } = watched
  const sql = yield* startDriver(address, watched)
  const origin = { server, isStandby: false }
  let cancelKey: CancelKey | null = null
  const lossFor = ({ code, detail }: LastWords) =>
    code === null
      ? new ConnectionLost({ server, detail })
      : driverError(origin, { code, message: detail })

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
          const error = driverError(origin, cause)
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

  const lost = Effect.callback<never, DatabaseError>((resume) => {
    const stopListening = onClose((detail) => resume(lossFor(detail)))
    return Effect.sync(stopListening)
  })

  // The first statement greets the server, so that one out of reach is known before any work.
  const rows = yield* run(askForFacts).pipe(
    Effect.catchTag(["ConnectionLost", "StatementFailed"], (error) =>
      Effect.fail(whileConnecting(error)),
    ),
  )
  cancelKey = rows.state
  const facts = yield* readFacts(rows[0])
  origin.isStandby = facts.isStandby
  return { run, lost, facts } satisfies Connection
})

const patience = Duration.seconds(10)

// One that waits for a free connection of its pool has let us in before, and one that has stopped
// answering has not.
const timedOut = (server: string, seconds: number, hasAnswered: boolean) =>
  hasAnswered
    ? new DatabaseUnavailable({
        server,
        detail: `it let the command in, but did not answer it within ${seconds} seconds`,
      })
    : new DatabaseUnreachable({ server, detail: `it does not answer within ${seconds} seconds` })

const attemptOnce = Effect.fnUntraced(function* (address: ServerAddress, server: string) {
  const { connectTimeout } = address
  let hasAnswered = () => false
  const connecting = Effect.gen(function* () {
    const watched = yield* openWatched(address, server)
    hasAnswered = watched.hasAnswered
    return yield* open(address, server, watched)
  })
  if (connectTimeout === null) return yield* connecting
  return yield* Effect.timeoutOrElse(connecting, {
    duration: Duration.seconds(connectTimeout),
    orElse: () => Effect.fail(timedOut(server, connectTimeout, hasAnswered())),
  })
})

const dispensable: readonly TlsMode[] = ["prefer", "allow"]

const isForTls = (error: DatabaseError): boolean =>
  error._tag === "TlsUnavailable" || (error._tag === "DatabaseRefused" && error.isByRule === true)

// Where TLS is only preferred, and fails or is not let in, it goes without, as PostgreSQL's own tools do.
const attempt = (address: ServerAddress, server: string) =>
  dispensable.includes(address.tls)
    ? Effect.catchIf(attemptOnce(address, server), isForTls, (error) =>
        Effect.mapError(attemptOnce({ ...address, tls: "disable" }, server), () => error),
      )
    : attemptOnce(address, server)

/**
 * Connects to a server, called `server` in messages, for the current scope. One that has no connection
 * to spare, or is about to start, is asked again for a while.
 */
export const connect = (address: ServerAddress, server: string) => {
  const limit =
    address.connectTimeout === null ? patience : Duration.seconds(address.connectTimeout)
  const isTemporary = (error: DatabaseError) => error._tag === "DatabaseUnavailable"
  const again = Effect.retry(attempt(address, server), {
    while: isTemporary,
    schedule: Schedule.upTo(Schedule.spaced("500 millis"), { duration: limit }),
  })
  return Effect.catchIf(attempt(address, server), isTemporary, ({ detail }) =>
    Effect.andThen(
      note(
        `The database ${server} lets nobody in at present (${detail}); trying again for up to ${Duration.toSeconds(limit)}s …`,
      ),
      again,
    ),
  )
}
