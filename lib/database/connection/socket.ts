import { readFile } from "node:fs/promises"
import { connect, isIP, type Socket } from "node:net"
import { checkServerIdentity, connect as connectTls } from "node:tls"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { isFolder, type ServerAddress, type TlsMode } from "./address.ts"

/** No socket could be opened, for a reason that the system gives. */
export class SocketFailed extends Schema.TaggedError<SocketFailed>()("SocketFailed", {
  detail: Schema.String,
}) {}

/** The connection cannot be encrypted, or the server not trusted, as the address asks for. */
export class TlsFailed extends Schema.TaggedError<TlsFailed>()("TlsFailed", {
  detail: Schema.String,
}) {}

// What a socket fails with is known by its close; without a listener the process would end.
const ignoreErrors = (): void => {}

/** Waits for an event of a socket, which is destroyed if it fails before or nobody waits any more. */
const eventOf = (socket: Socket, event: "connect" | "data" | "secureConnect") =>
  Effect.callback<unknown, SocketFailed>((resume) => {
    const fail = (detail: string) => {
      socket.destroy()
      resume(new SocketFailed({ detail }))
    }
    const onError = (error: Error) => fail(error.message)
    const onClose = () => fail("the server hung up")
    const stopListening = () => {
      socket.off("error", onError).off("close", onClose)
    }
    socket.once("error", onError).once("close", onClose)
    socket.once(event, (value: unknown) => {
      stopListening()
      resume(Effect.succeed(value))
    })
    return Effect.sync(() => {
      socket.destroy()
    })
  })

/** Waits until a socket has closed; destroys it if nobody waits any more. */
export const closeOf = (socket: Socket) =>
  Effect.callback<void>((resume) => {
    if (socket.destroyed) resume(Effect.void)
    else socket.once("close", () => resume(Effect.void))
    return Effect.sync(() => {
      socket.destroy()
    })
  })

const openPlain = Effect.fnUntraced(function* ({ host, port }: ServerAddress) {
  const socket = connect(isFolder(host) ? { path: `${host}/.s.PGSQL.${port}` } : { host, port })
  socket.on("error", ignoreErrors)
  yield* eventOf(socket, "connect")
  socket.setKeepAlive(true, 10_000)
  return socket
})

// The message of PostgreSQL's protocol that asks whether the server speaks TLS: it answers S or N.
const tlsRequest = Buffer.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f)

const speaksTls = Effect.fnUntraced(function* (socket: Socket) {
  socket.write(tlsRequest)
  const answer = yield* eventOf(socket, "data")
  return Buffer.isBuffer(answer) && answer.toString("latin1") === "S"
})

const verifies = (tls: TlsMode): boolean => tls === "verify-ca" || tls === "verify-full"

const readCertificates = (file: string) =>
  Effect.tryPromise({
    try: () => readFile(file),
    catch: (cause) => new TlsFailed({ detail: `sslrootcert cannot be read: ${String(cause)}` }),
  })

const encrypt = Effect.fnUntraced(function* (plain: Socket, address: ServerAddress) {
  const { host, tls, rootCertificates, bindsChannel } = address
  const ca = rootCertificates === null ? null : yield* readCertificates(rootCertificates)
  const socket = connectTls({
    socket: plain,
    rejectUnauthorized: verifies(tls),
    // verify-ca trusts the authority, whatever host the certificate is for.
    checkServerIdentity: (_, certificate) =>
      tls === "verify-full" ? checkServerIdentity(host, certificate) : undefined,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === null ? {} : { ca }),
  })
  socket.on("error", ignoreErrors)
  yield* eventOf(socket, "secureConnect").pipe(
    Effect.mapError(
      ({ detail }) =>
        new TlsFailed({
          detail: bindsChannel
            ? `${detail} (channel_binding=require has the certificate checked, as by sslmode=verify-full)`
            : detail,
        }),
    ),
  )
  return socket
})

/**
 * Opens a socket to a PostgreSQL server, encrypted as its address asks for, before anything is said
 * on it.
 */
export const openSocket = Effect.fnUntraced(function* (address: ServerAddress) {
  const socket = yield* openPlain(address)
  // PostgreSQL never encrypts what does not leave the machine.
  if (address.tls === "disable" || isFolder(address.host)) return socket
  if (yield* speaksTls(socket)) return yield* encrypt(socket, address)
  if (address.tls === "prefer" || address.tls === "allow") return socket
  socket.destroy()
  return yield* new TlsFailed({
    detail: `the server does not speak TLS, which sslmode=${address.tls} asks for`,
  })
})
