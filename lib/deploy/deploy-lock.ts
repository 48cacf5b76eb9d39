import type * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import { type AdvisoryLock, LockWait, withAdvisoryLock } from "../database/advisory-lock.ts"

/** Another deploy went on for longer than this one would wait. */
export class DeployLockTimeout extends Schema.TaggedError<DeployLockTimeout>()(
  "DeployLockTimeout",
  LockWait.fields,
) {
  override get message(): string {
    return `Another deploy (${this.holder}) is still under way on ${this.server} after ${this.seconds}s. Wait for it to end, or give --lock-timeout more seconds; nothing was run.`
  }
}

// Not the writer lock, which each of the deploy's own steps takes.
const deployLock: AdvisoryLock<DeployLockTimeout> = {
  key: 0x6465706c6f79, // "deploy" in ASCII
  owner: "deploy",
  timedOut: (wait) => new DeployLockTimeout(wait),
}

/** Lets one deploy at a time run `work`; a second one waits up to `timeout`. */
export const withDeployLock = (timeout: Duration.Duration) => withAdvisoryLock(deployLock, timeout)
