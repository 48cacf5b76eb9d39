import * as Redacted from "effect/Redacted"
import type postgres from "postgres"

// What runs in a transaction that has failed fails by itself, at once.
const graceMillis = 100
const patienceMillis = 5_000

const isOverWithin = (work: Promise<unknown>, millis: number): Promise<boolean> =>
  Promise.race([
    work.then(
      () => true,
      () => true,
    ),
    Bun.sleep(millis).then(() => false),
  ])

/** What ends the statements of one connection. */
export interface Session {
  readonly driver: typeof postgres
  readonly url: Redacted.Redacted<string>
  readonly connection: postgres.Sql<{ bigint: number }>
  /** The server's process; none before it has greeted. */
  readonly backend: number | null
}

const isCancelled = async (
  { driver, url }: Session,
  backend: number,
  statement: Promise<unknown>,
): Promise<boolean> => {
  const other = driver(Redacted.value(url), {
    max: 1,
    fetch_types: false,
    connect_timeout: 5,
    onnotice: () => {},
  })
  const isOver = isOverWithin(statement, patienceMillis)
  const cancelled = other`select pg_cancel_backend(${backend})`.then(
    () => isOver,
    () => false,
  )
  const outcome = await Promise.race([isOver, cancelled])
  await other.end({ timeout: 0 })
  return outcome
}

/**
 * Sees a statement that nobody waits for any more to its end, so that whatever follows on its
 * connection, such as the rollback, is not held up: lets it finish if it is short, cancels it, or
 * hangs up. The driver's own cancel does not do: it blocks the connection for ever when the
 * statement has not been sent yet, and ends the process when no further connection can be made.
 */
export const abandon = async (session: Session, statement: Promise<unknown>): Promise<void> => {
  if (await isOverWithin(statement, graceMillis)) return
  const { backend, connection } = session
  if (backend !== null && (await isCancelled(session, backend, statement))) return
  await connection.end({ timeout: 0 })
}
