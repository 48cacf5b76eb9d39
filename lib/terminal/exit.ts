import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"

/** What a command's exit code says to a script; the README's table of exit codes is this one. */
export const ExitCode = {
  /** The work is done, or there was none. */
  done: 0,
  /** Something failed; the message on standard error says what. */
  failed: 1,
  /** Wrong usage; nothing was touched. */
  usage: 2,
  /** `--check --exit-code`, and a write would change something. */
  wouldChange: 3,
  /** Stopped by SIGINT (Ctrl-C), after cleaning up. */
  interrupted: 130,
  /** Stopped by SIGTERM, after cleaning up. */
  terminated: 143,
} as const

/** The command was called in a way that means nothing. Nothing was touched. */
export class UsageError extends Schema.TaggedError<UsageError>()("UsageError", {
  message: Schema.String,
}) {
  override readonly [Runtime.errorExitCode] = ExitCode.usage
}

/** Part of the work is done and part of it failed; each problem has been named already. */
export class Incomplete extends Schema.TaggedError<Incomplete>()("Incomplete", {
  problems: Schema.Int,
}) {
  override readonly [Runtime.errorReported] = false
}

/** Not a failure: `--check --exit-code` found something to change, and says so by its exit code. */
export class WouldChange extends Schema.TaggedError<WouldChange>()("WouldChange", {
  changes: Schema.Int,
}) {
  override readonly [Runtime.errorExitCode] = ExitCode.wouldChange
  override readonly [Runtime.errorReported] = false
}
