import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"

/** A step that a deploy cannot do without has failed; its exit code is the deploy's. */
export class StepFailed extends Schema.TaggedError<StepFailed>()("StepFailed", {
  step: Schema.String,
  reason: Schema.String,
  exitCode: Schema.Int,
}) {
  override readonly [Runtime.errorExitCode] = this.exitCode
  override get message(): string {
    return `The deploy stopped: its step ${this.step} failed (${this.reason}), and none after it was run. What it printed is above; mend the cause and run the deploy again.`
  }
}
