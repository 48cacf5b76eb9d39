import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as Option from "effect/Option"
import * as ChildProcess from "effect/process/ChildProcess"
import type { ChildProcessHandle } from "effect/process/ChildProcessSpawner"
import * as Stream from "effect/Stream"
import type { LentDatabase } from "../database/lend.ts"
import { ExitCode } from "../terminal/exit.ts"
import { killedBy } from "../terminal/killed-by.ts"
import type { Channel, StepOutput } from "./step-output.ts"
import type { Step } from "./steps.ts"

/** How a step's process ended: whether it completed, and why it did not. */
export type StepEnding =
  | { readonly completed: true; readonly reason: null; readonly exitCode: 0 }
  | {
      readonly completed: false
      readonly reason: string
      /** The process's exit code; that of a failure when it has none. */
      readonly exitCode: number
    }

const failed = (reason: string, exitCode: number = ExitCode.failed): StepEnding => ({
  completed: false,
  reason,
  exitCode,
})

const exited = (exitCode: number): StepEnding =>
  exitCode === ExitCode.done
    ? { completed: true, reason: null, exitCode: ExitCode.done }
    : failed(`exit code ${exitCode}`, exitCode)

const endingOf = (child: ChildProcessHandle, { timeout }: Step) => {
  const ending = Effect.match(child.exitCode, {
    onSuccess: exited,
    onFailure: (error) => failed(killedBy(error)),
  })
  return Option.match(timeout, {
    onNone: () => ending,
    onSome: (limit) =>
      Effect.timeoutOrElse(ending, {
        duration: limit,
        orElse: () => Effect.succeed(failed(`timed out after ${Duration.toSeconds(limit)}s`)),
      }),
  })
}

// A process that left the group with the step's pipes open must not hold up the deploy.
const drainLimit: Duration.Input = "1 second"

/**
 * Runs a step as a subprocess, in a process group of its own, and passes its output through line
 * by line. When the step has ended or run out of time, or this is interrupted, the whole group
 * gets SIGTERM, then SIGKILL after `grace`; no process of it is left afterwards.
 */
export const runStep = Effect.fnUntraced(
  function* (step: Step, lent: LentDatabase, output: StepOutput, grace: Duration.Duration) {
    // Acquired before the process, these outlive it, so that its last lines are passed on too.
    const passing = yield* FiberSet.make()
    yield* Effect.addFinalizer(() =>
      Effect.interruptible(FiberSet.awaitEmpty(passing)).pipe(Effect.timeoutOption(drainLimit)),
    )
    const child = yield* ChildProcess.make(step.command, step.arguments, {
      stdin: "ignore",
      env: lent,
      extendEnv: true,
      forceKillAfter: grace,
    })
    const pass = (channel: Channel) =>
      child[channel].pipe(
        Stream.decodeText,
        Stream.splitLines,
        Stream.runForEach((line) => output.line(step, channel, line)),
        FiberSet.run(passing),
      )
    yield* pass("stdout")
    yield* pass("stderr")
    return yield* endingOf(child, step)
  },
  Effect.scoped,
  Effect.catchTag("PlatformError", (error) =>
    Effect.succeed(failed(`could not start: ${error.message}`)),
  ),
)
