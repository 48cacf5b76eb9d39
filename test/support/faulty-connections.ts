import { type ConnectionFault, connectionFaults, type RawFault } from "./wiki-faults.ts"

/** Servers whose connections go wrong, one for each fault. */
export interface FaultyConnections {
  readonly originOf: (fault: ConnectionFault) => string
  readonly stop: () => void
}

// Answers every request with the fault's bytes.
const listen = (fault: RawFault, onRequest: (target: string) => void) => {
  const { bytes, isReset } = connectionFaults[fault]
  return Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      data(socket, request) {
        onRequest(request.toString().split(" ", 2)[1] ?? "")
        socket.write(bytes)
        // Bytes that a reset overtakes never arrive.
        if (isReset) setTimeout(() => socket.terminate(), 5)
        else socket.end()
      },
    },
  })
}

const closedPort = (): number => {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } })
  const { port } = listener
  listener.stop(true)
  return port
}

/** Opens a port for each fault; `onRequest` is told what was asked for, as in `/wiki/Cards`. */
export const startFaultyConnections = (onRequest: (target: string) => void): FaultyConnections => {
  const listeners = {
    "reset before the answer": listen("reset before the answer", onRequest),
    "reset in the body": listen("reset in the body", onRequest),
    "closed in the body": listen("closed in the body", onRequest),
    "no content type": listen("no content type", onRequest),
    "another protocol": listen("another protocol", onRequest),
  }
  const refusing = closedPort()
  return {
    originOf: (fault) => {
      if (fault === "unknown host") return "http://no-such-wiki.invalid"
      return `http://127.0.0.1:${fault === "refused" ? refusing : listeners[fault].port}`
    },
    stop: () => {
      for (const listener of Object.values(listeners)) listener.stop(true)
    },
  }
}
