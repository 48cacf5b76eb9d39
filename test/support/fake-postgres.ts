import type { Socket } from "bun"

/** How a server refuses every connection. */
export interface Refusal {
  /** A SQLSTATE, as PostgreSQL uses them. */
  readonly code: string
  readonly message: string
  /** Whether it asks for a password first. */
  readonly asksForPassword?: boolean
}

const protocolMessage = (type: string, ...parts: readonly Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const errorResponse = ({ code, message }: Refusal): Uint8Array => {
  const fields = ["SFATAL", "VFATAL", `C${code}`, `M${message}`, ""]
  return protocolMessage("E", ...fields.map((field) => Buffer.from(`${field}\0`)))
}

const askForPassword = protocolMessage("R", Buffer.of(0, 0, 0, 3))

// Only the request to speak TLS has eight bytes; the answer "no" is a single letter.
const isTlsRequest = (data: Uint8Array): boolean => data.length === 8

/**
 * Starts a server that speaks just enough of PostgreSQL's protocol to refuse every connection, for
 * answers that a test cannot get out of a real one.
 */
export const startRefusingServer = (refusal: Refusal) => {
  const asked = new WeakSet<Socket>()
  const server = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      data(socket, data) {
        if (isTlsRequest(data)) socket.write("N")
        else if (refusal.asksForPassword === true && !asked.has(socket)) {
          asked.add(socket)
          socket.write(askForPassword)
        } else socket.end(errorResponse(refusal))
      },
    },
  })
  return { port: server.port, stop: () => server.stop(true) }
}
