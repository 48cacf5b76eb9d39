import type { Socket } from "node:net"
import { type LastWords, lastWords } from "./last-words.ts"

/** A socket whose end is known as soon as it happens, and why. */
export interface WatchedSocket {
  readonly socket: Socket
  /** Whether the server has sent anything. */
  readonly hasAnswered: () => boolean
  /** Why the socket has closed; null while it is open. */
  readonly closed: () => LastWords | null
  /** Calls `tell` when the socket closes, or at once if it has; what it returns cancels that. */
  readonly onClose: (tell: (reason: LastWords) => void) => () => void
  /** Closes the socket without a word. */
  readonly hangUp: (reason: string) => void
}

/** Watches a socket to the server. */
export const watchSocket = (socket: Socket): WatchedSocket => {
  const listeners = new Set<(reason: LastWords) => void>()
  let closed: LastWords | null = null
  let failure: string | null = null
  let lastBytes: Uint8Array = new Uint8Array()

  const close = (reason: LastWords) => {
    if (closed !== null) return
    closed = reason
    for (const tell of listeners) tell(reason)
    listeners.clear()
  }
  const closeOfItself = () =>
    close(
      lastWords(lastBytes) ?? { code: null, detail: failure ?? "the server closed the connection" },
    )
  socket.on("data", (bytes: Uint8Array) => {
    lastBytes = bytes
  })
  socket.on("error", ({ message }) => {
    failure = message
  })
  socket.on("close", closeOfItself)
  if (socket.destroyed) closeOfItself()

  return {
    socket,
    hasAnswered: () => lastBytes.length > 0,
    closed: () => closed,
    onClose: (tell) => {
      if (closed === null) listeners.add(tell)
      else tell(closed)
      return () => listeners.delete(tell)
    },
    hangUp: (reason) => {
      close({ code: null, detail: reason })
      socket.destroy()
    },
  }
}
