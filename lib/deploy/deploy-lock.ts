import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Database } from "../database/database.ts"
import { advisoryLock, LockWait, takeLock, waitingForLock } from "../database/lock.ts"
import { readCommitted } from "../database/transaction.ts"

/** Another deploy was still running after all the time this one would wait. */
export class DeployLockTimeout extends Schema.TaggedError<DeployLockTimeout>()(
  "DeployLockTimeout",
  LockWait.fields,
) {
  override get message(): string {
    return `Another deploy (${this.holder}) is still running on ${this.server} after ${this.seconds}s. Wait for it to end, or give --lock-timeout more seconds; nothing was run.`
  }
}

// Not the writer lock, which each of the deploy's own steps takes.
const deployLock = advisoryLock(0x6465706c6f79, "deploy") // "deploy" in ASCII

/**
 * Lets one deploy at a time run `work`; a second one waits up to `patience`. The lock is held in a
 * transaction that stays open on the connection at hand, so the work opens others for what it does. It
 * is at read committed and writes nothing, so that the server goes on cleaning up. Whoever owns the
 * embedded database has nobody to lock out.
 */
export const withDeployLock =
  (patience: Duration.Duration) =>
  <A, E, R>(work: Effect.Effect<A, E, R>) =>
    Effect.gen(function* () {
      const { facts } = yield* Database
      if (facts.sharesSession) return yield* work
      return yield* waitingForLock(
        patience,
        (wait) => readCommitted(Effect.andThen(takeLock(deployLock, wait), work)),
        (wait) => new DeployLockTimeout(wait),
      )
    })
