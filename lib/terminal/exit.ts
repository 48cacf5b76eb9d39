import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"

/** The exit codes of every command, as the README lists them. */
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

/** The command was called with arguments that make no sense. Nothing was touched. */
export class UsageError extends Schema.TaggedError<UsageError>()("UsageError", {
  message: Schema.String,
}) {
  override readonly [Runtime.errorExitCode] = ExitCode.usage
}

/** Part of the work was done and part of it failed; each problem has been printed already. */
export class Incomplete extends Schema.TaggedError<Incomplete>()("Incomplete", {
  problems: Schema.Int,
}) {
  override readonly [Runtime.errorReported] = false
}

/** Not a failure: `--check --exit-code` found something to change, which its exit code says. */
export class WouldChange extends Schema.TaggedError<WouldChange>()("WouldChange", {
  changes: Schema.Int,
}) {
  override readonly [Runtime.errorExitCode] = ExitCode.wouldChange
  override readonly [Runtime.errorReported] = false
}
