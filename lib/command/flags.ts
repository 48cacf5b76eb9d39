import * as Flag from "effect/cli/Flag"
import * as Duration from "effect/Duration"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Mode } from "../database/transaction.ts"
import { UsageError } from "../terminal/exit.ts"
import type { Report } from "../terminal/report.ts"

/** What the caller explicitly asked for. */
export interface Intent {
  readonly mode: Mode
  /** What the report calls the run. */
  readonly reportedAs: Report["mode"]
  /** End with exit code 3 when a check finds something to change. */
  readonly exitCode: boolean
  /** How long a write waits for another writer. */
  readonly lockTimeout: Duration.Duration
}

/** A flag that is either given or not, without a `--no-` form. */
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
  Flag.withDescription(
    "Seconds to wait for another writing command, or to lock busy tables (default 60)",
  ),
  Flag.withMetavar("seconds"),
  Flag.withDefault(60),
)

/** How long to wait, from `--lock-timeout`. */
export function parseLockTimeout(seconds: number): Result.Result<Duration.Duration, UsageError> {
  return seconds < 0
    ? Result.fail(
        new UsageError({ message: "--lock-timeout takes a number of seconds, 0 or more." }),
      )
    : Result.succeed(Duration.seconds(seconds))
}

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

/** The same for a command that deletes, where `--force` takes the place of `--write`. */
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

/** The intent that a writing command's flags express, or why they are refused. */
export function parseIntent(
  flags: Flags & ({ readonly write: boolean } | { readonly force: boolean }),
): Result.Result<Intent, UsageError> {
  const [name, applied, apply] =
    "write" in flags
      ? (["--write", "write", flags.write] as const)
      : (["--force", "delete", flags.force] as const)
  const refuse = (message: string) => Result.fail(new UsageError({ message }))
  if (flags.check && apply) return refuse(`Use either --check or ${name}, not both.`)
  if (!flags.check && !apply)
    return refuse(`Refusing to write without explicit intent; pass --check or ${name}.`)
  if (flags.exitCode && !flags.check) return refuse("--exit-code goes with --check only.")
  return Result.map(parseLockTimeout(flags.lockTimeout), (lockTimeout) => ({
    mode: flags.check ? "check" : "write",
    reportedAs: flags.check ? "check" : applied,
    exitCode: flags.exitCode,
    lockTimeout,
  }))
}

/** The flags of every command that reads the wiki's pages. */
export const wikiFlags = {
  from: Flag.String("from").pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withDescription("Read saved pages (Golden_Bot.html) from this folder, not the network"),
    Flag.withMetavar("folder"),
    Flag.optional,
  ),
  save: Flag.String("save").pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withDescription("Also keep each page that was read, in this folder"),
    Flag.withMetavar("folder"),
    Flag.optional,
  ),
  allowShrink: switchFlag(
    "allow-shrink",
    "Accept a table that lost most of its rows, or one in its midst",
  ),
  keepGoing: switchFlag("keep-going", "Use what works; name what failed and exit 1"),
}
