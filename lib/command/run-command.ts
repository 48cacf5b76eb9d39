import * as NodeChildProcessSpawner from "@effect/platform-node-shared/NodeChildProcessSpawner"
import * as NodeFileSystem from "@effect/platform-node-shared/NodeFileSystem"
import * as NodePath from "@effect/platform-node-shared/NodePath"
import * as NodeRuntime from "@effect/platform-node-shared/NodeRuntime"
import * as NodeStdio from "@effect/platform-node-shared/NodeStdio"
import * as NodeTerminal from "@effect/platform-node-shared/NodeTerminal"
import * as Cause from "effect/Cause"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliError from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Runtime from "effect/Runtime"
import project from "../../package.json" with { type: "json" }
import { ExitCode } from "../terminal/exit.ts"
import { note, noticeError } from "../terminal/notice.ts"
import { Json } from "../terminal/print-report.ts"

/** The file system, terminal and processes of the machine, for Effect's services. */
export const platform = NodeChildProcessSpawner.layer.pipe(
  Layer.provideMerge(
    Layer.mergeAll(NodeFileSystem.layer, NodePath.layer, NodeStdio.layer, NodeTerminal.layer),
  ),
)

const presenter: CliOutput.Presenter = {
  present: (event) =>
    event._tag === "InvalidInvocation"
      ? Effect.gen(function* () {
          yield* Effect.forEach(event.errors, (error) => noticeError(error.message))
          yield* note(`See \`bun run ${event.commandPath.join(" ")} --help\`.`)
        })
      : CliOutput.defaultPresenter.present(event),
}

const commandLine = Layer.mergeAll(
  CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] }),
  CliOutput.layerPresenter(presenter),
)

function isReported(error: unknown): boolean {
  return CliError.isCliError(error) || !Runtime.getErrorReported(error)
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

const reportFailure = <E>(cause: Cause.Cause<E>): Effect.Effect<void> => {
  if (Cause.hasInterruptsOnly(cause)) return note("Stopped; everything is cleaned up.")
  const failures = cause.reasons.filter(Cause.isFailReason).map((reason) => reason.error)
  return failures.length > 0
    ? Effect.forEach(
        failures.filter((error) => !isReported(error)),
        (error) => noticeError(describe(error)),
        { discard: true },
      )
    : noticeError(`This is a bug in the suite; please report it.\n${Cause.pretty(cause)}`)
}

/** The exit code of a command that ended like this, whether a signal ended it or not. */
export function exitCodeOf(
  exit: Exit.Exit<unknown, unknown>,
  signal: NodeJS.Signals | null = null,
): number {
  if (Exit.isSuccess(exit)) return ExitCode.done
  if (Cause.hasInterruptsOnly(exit.cause))
    return signal === "SIGTERM" ? ExitCode.terminated : ExitCode.interrupted
  const error = Cause.squash(exit.cause)
  if (CliError.isCliError(error)) return ExitCode.usage
  return Runtime.getErrorExitCode(error)
}

/** A command of the suite: all that it asks for is the platform and the flags of every command. */
type SuiteCommand<Name extends string, Input, ContextInput, E> = Command.Command<
  Name,
  Input,
  ContextInput,
  E,
  Command.Environment | GlobalFlag.Setting.Identifier<"json">
>

/** Runs a command with the arguments given: parses them, provides the platform and prints errors. */
export const withArguments =
  <Name extends string, Input, ContextInput, E>(
    command: SuiteCommand<Name, Input, ContextInput, E>,
  ) =>
  (given: readonly string[]) =>
    Command.runWith(Command.withGlobalFlags(command, [Json]), { version: project.version })(
      given,
    ).pipe(Effect.onError(reportFailure), Effect.provide(Layer.merge(platform, commandLine)))

/**
 * Runs a command as this process, with its arguments: prints errors on standard error, cleans up on
 * SIGINT and SIGTERM, and ends with the exit code of `ExitCode`.
 */
export function runCommand<Name extends string, Input, ContextInput, E>(
  command: SuiteCommand<Name, Input, ContextInput, E>,
): void {
  // A reader that goes away, as `head` does, must not end the work half-way.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})
  let signal: NodeJS.Signals | null = null
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => {
      signal ??= name
    })
  withArguments(command)(process.argv.slice(2)).pipe(
    NodeRuntime.runMain({
      disableErrorReporting: true,
      teardown: (exit, onExit) => onExit(exitCodeOf(exit, signal)),
    }),
  )
}
