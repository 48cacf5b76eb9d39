import * as Effect from "effect/Effect"
import type { ServerAddress } from "./address.ts"
import { closeOf, openSocket } from "./socket.ts"

/** What a server gave a connection at its greeting, to cancel its statements by. */
export interface CancelKey {
  readonly pid: number
  readonly secret: number
}

const messageFor = ({ pid, secret }: CancelKey): Buffer => {
  const message = Buffer.alloc(16)
  message.writeUInt32BE(message.length, 0)
  message.writeUInt32BE(80_877_102, 4)
  message.writeUInt32BE(pid, 8)
  message.writeUInt32BE(secret, 12)
  return message
}

/**
 * Asks a server to cancel what a connection is doing; false if it cannot be asked. Unlike
 * `pg_cancel_backend`, this needs no further session and reaches only the statements of that
 * connection, also through a pooler.
 */
export const requestCancel = (address: ServerAddress, key: CancelKey): Effect.Effect<boolean> =>
  openSocket(address).pipe(
    Effect.tap((socket) => Effect.sync(() => socket.write(messageFor(key)))),
    // The server hangs up when it has passed the request on.
    Effect.flatMap(closeOf),
    Effect.as(true),
    Effect.timeout("5 seconds"),
    Effect.orElseSucceed(() => false),
  )
