import * as Flag from "effect/cli/Flag"
import * as Duration from "effect/Duration"
import * as Result from "effect/Result"
import { UsageError } from "../terminal/usage-error.ts"

/** `check` looks and reports; `write` does the same and then applies it. */
export type Mode = "check" | "write"

/** What the caller explicitly asked for. */
export interface Intent {
  readonly mode: Mode
  /** End with exit code 3 when a check finds something to change. */
  readonly exitCode: boolean
  /** How long a write waits for another writer. */
  readonly lockTimeout: Duration.Duration
}

/** A flag that is either given or not; it has no `--no-` twin. */
export const switchFlag = (name: string, description: string) =>
  Flag.Boolean(name).pipe(
    Flag.withDescription(description),
    Flag.withoutNegation,
    Flag.withDefault(false),
  )

const checkFlag = switchFlag(
  "check",
  "Dry run: print exactly what --write would do, change nothing",
)

/** How many seconds a write waits for another one. */
export const lockTimeoutFlag = Flag.Finite("lock-timeout").pipe(
  Flag.withDescription("Seconds to wait for another writing command (default 60)"),
  Flag.withMetavar("seconds"),
  Flag.withDefault(60),
)

/** The waiting time behind `--lock-timeout`. */
export const parseLockTimeout = (seconds: number): Result.Result<Duration.Duration, UsageError> =>
  seconds < 0
    ? Result.fail(
        new UsageError({ message: "--lock-timeout takes a number of seconds, 0 or more." }),
      )
    : Result.succeed(Duration.seconds(seconds))

const sharedFlags = {
  exitCode: switchFlag("exit-code", "With --check: exit 3 when something would change"),
  lockTimeout: lockTimeoutFlag,
}

/** The intent flags of a command that writes: `--check`, `--write` and what goes with them. */
export const intentFlags = {
  check: checkFlag,
  write: switchFlag("write", "Apply the changes"),
  ...sharedFlags,
}

/** The same for a command that deletes, where `--force` stands in place of `--write`. */
export const deletionFlags = {
  check: checkFlag,
  force: switchFlag("force", "Delete"),
  ...sharedFlags,
}

interface Flags {
  readonly check: boolean
  readonly exitCode: boolean
  readonly lockTimeout: number
}

/** The intent behind a writing command's flags, or why they express none. */
export const parseIntent = (
  flags: Flags & ({ readonly write: boolean } | { readonly force: boolean }),
): Result.Result<Intent, UsageError> => {
  const [name, apply] = "write" in flags ? ["--write", flags.write] : ["--force", flags.force]
  const refuse = (message: string) => Result.fail(new UsageError({ message }))
  if (flags.check && apply) return refuse(`Use either --check or ${name}, not both.`)
  if (!flags.check && !apply)
    return refuse(`Refusing to write without explicit intent; pass --check or ${name}.`)
  if (flags.exitCode && !flags.check) return refuse("--exit-code goes with --check only.")
  return Result.map(parseLockTimeout(flags.lockTimeout), (lockTimeout) => ({
    mode: flags.check ? "check" : "write",
    exitCode: flags.exitCode,
    lockTimeout,
  }))
}
