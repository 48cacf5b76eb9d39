import * as Effect from "effect/Effect"

// What runs in a transaction that has failed fails by itself, at once.
const grace = "100 millis"
const patience = "5 seconds"

/** What ends the statements of one connection. */
export interface Ending {
  /** Asks the server to cancel what the connection is doing; false if it cannot be asked. */
  readonly cancel: Effect.Effect<boolean>
  readonly hangUp: Effect.Effect<void>
}

/**
 * Sees a statement that nobody waits for any more to its end, so that whatever follows on its
 * connection, such as the rollback, is not held up: lets it finish if it is short, cancels it, or
 * hangs up. `isOver` waits for the statement. The driver's own cancel does not do: it blocks the
 * connection for ever when the statement has not been sent yet.
 */
export const abandon = Effect.fnUntraced(function* (
  isOver: Effect.Effect<void>,
  { cancel, hangUp }: Ending,
) {
  const isOverWithin = (limit: typeof grace | typeof patience) =>
    isOver.pipe(
      Effect.as(true),
      Effect.timeoutOrElse({ duration: limit, orElse: () => Effect.succeed(false) }),
    )
  if (yield* isOverWithin(grace)) return
  if ((yield* cancel) && (yield* isOverWithin(patience))) return
  yield* hangUp
})
