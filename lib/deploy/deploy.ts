import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import { lendDatabase } from "../database/lend.ts"
import { noticeWarning } from "../terminal/notice.ts"
import type { Outcome } from "../terminal/report.ts"
import { withDeployLock } from "./deploy-lock.ts"
import type { StepOutcome } from "./deploy-run.ts"
import { beginDeployRun } from "./deploy-run.ts"
import { runStep } from "./run-step.ts"
import type { StepOutput } from "./step-output.ts"
import type { Step } from "./steps.ts"

/** A required step failed; its exit code is the deploy's. */
export class StepFailed extends Schema.TaggedError<StepFailed>()("StepFailed", {
  step: Schema.String,
  reason: Schema.String,
  exitCode: Schema.Int,
}) {
  override readonly [Runtime.errorExitCode] = this.exitCode
  override get message(): string {
    return `The deploy stopped: its step ${this.step} failed (${this.reason}), and none after it was run. What it printed is above; fix the cause and run the deploy again.`
  }
}

/** How a deploy runs its steps. */
export interface DeployOptions {
  readonly output: StepOutput
  /** How long a process may take to stop before it is killed. */
  readonly grace: Duration.Duration
  /** How long to wait for another deploy. */
  readonly lockTimeout: Duration.Duration
}

/** The outcome of every step, and the failure that stopped the deploy, if one did. */
export interface DeployResult {
  readonly outcomes: readonly StepOutcome[]
  readonly failure: Option.Option<StepFailed>
}

const planned = ({ name, skippedBy }: Step): StepOutcome => ({
  step: name,
  outcome: Option.isSome(skippedBy) ? "skipped" : "not run",
  seconds: null,
  reason: Option.getOrNull(skippedBy),
})

// Each step has a session name of its own, by which a session that outlives its process is found.
const sessionName = (step: Step): string => `towerstats ${step.name} ${crypto.randomUUID()}`

const perform = (step: Step, { output, grace }: DeployOptions) =>
  lendDatabase(sessionName(step), (lent) =>
    Effect.acquireUseRelease(
      output.begin(step),
      () => runStep(step, lent, output, grace),
      () => output.end,
    ),
  )

const reasonOf = (cause: Cause.Cause<Error>): string => {
  if (Cause.hasInterruptsOnly(cause)) return "the deploy was stopped"
  const error = Cause.squash(cause)
  return error instanceof Error ? error.message : String(error)
}

const runSteps = Effect.fnUntraced(function* (steps: readonly Step[], options: DeployOptions) {
  const run = yield* beginDeployRun(steps.map(planned))

  const take = Effect.fnUntraced(function* (step: Step) {
    const start = yield* Clock.currentTimeMillis
    yield* run.record({ step: step.name, outcome: "running", seconds: null, reason: null })
    const { completed, reason, exitCode } = yield* perform(step, options)
    yield* run.record({
      step: step.name,
      outcome: completed ? "completed" : "failed",
      seconds: Math.round(((yield* Clock.currentTimeMillis) - start) / 100) / 10,
      reason,
    })
    if (completed) return
    if (step.isRequired) return yield* new StepFailed({ step: step.name, reason, exitCode })
    yield* noticeWarning(
      `The step ${step.name} did not complete (${reason}); the deploy goes on without it.`,
    )
  })

  const failure = yield* Effect.forEach(
    steps.filter(({ skippedBy }) => Option.isNone(skippedBy)),
    take,
    { discard: true },
  ).pipe(
    Effect.as(Option.none<StepFailed>()),
    Effect.catchTag("StepFailed", (error) => Effect.succeedSome(error)),
    Effect.tap(run.finish),
    Effect.onError((cause) => Effect.ignore(run.stop(reasonOf(cause)))),
  )
  return { outcomes: yield* run.outcomes, failure } satisfies DeployResult
})

/**
 * Runs a deploy's steps in order, each as a subprocess on this process's database, one deploy at a
 * time. When an optional step fails, a warning says so and the next step runs; when a required one
 * fails, the deploy stops.
 */
export const deploy = (steps: readonly Step[], options: DeployOptions) =>
  withDeployLock(options.lockTimeout)(runSteps(steps, options))

/** A deploy as a report: one unit for each step. The rows changed are in the steps' own reports. */
export const deployOutcome = ({ outcomes, failure }: DeployResult): Outcome => {
  const count = (outcome: StepOutcome["outcome"]) =>
    outcomes.filter((step) => step.outcome === outcome).length
  return {
    units: outcomes,
    total: { completed: count("completed"), failed: count("failed"), skipped: count("skipped") },
    changes: 0,
    problems: Option.toArray(Option.map(failure, ({ message }) => message)),
  }
}
