import type * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import { type AdvisoryLock, LockWait, withAdvisoryLock } from "./advisory-lock.ts"

/** Another writing command held the lock for longer than this one would wait. */
export class WriterLockTimeout extends Schema.TaggedError<WriterLockTimeout>()(
  "WriterLockTimeout",
  LockWait.fields,
) {
  override get message(): string {
    return `Another writing command (${this.holder}) has held the lock on ${this.server} for ${this.seconds}s. Wait for it to end, or give --lock-timeout more seconds; nothing was written.`
  }
}

const writerLock: AdvisoryLock<WriterLockTimeout> = {
  key: 0x746f776572, // "tower" in ASCII
  owner: "writing command",
  timedOut: (wait) => new WriterLockTimeout(wait),
}

/** Lets one writing command at a time run `work`; a second one waits up to `timeout`. */
export const withWriterLock = (timeout: Duration.Duration) => withAdvisoryLock(writerLock, timeout)
