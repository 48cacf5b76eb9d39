import { styleText } from "node:util"
import * as Effect from "effect/Effect"
import type { Step } from "./steps.ts"

/** The output streams of a process. */
export type Channel = "stdout" | "stderr"

/** Where a deploy shows what its steps print while they run. */
export interface StepOutput {
  readonly begin: (step: Step) => Effect.Effect<void>
  readonly line: (step: Step, channel: Channel, line: string) => Effect.Effect<void>
  readonly end: Effect.Effect<void>
}

// Waits until the line is out: a slow reader slows the step down, and no line is lost at the end.
const write = (channel: Channel, line: string) =>
  Effect.callback<void>((resume) => {
    process[channel].write(`${line}\n`, () => resume(Effect.void))
  })

/** A foldable group for each step, as GitHub Actions shows them. One channel keeps their order. */
export const groupedOutput: StepOutput = {
  begin: (step) => write("stderr", `::group::${step.name}`),
  line: (_step, _channel, line) => write("stderr", line),
  end: write("stderr", "::endgroup::"),
}

/**
 * Each line after its step's name. What steps print on standard output goes there too, unless
 * `isResultOnly` keeps it free for the deploy's own result.
 */
export const prefixedOutput = (steps: readonly Step[], isResultOnly: boolean): StepOutput => {
  const width = Math.max(...steps.map(({ name }) => name.length))
  const prefixed = (step: Step, channel: Channel, line: string) =>
    write(
      channel,
      `${styleText("cyan", `${step.name.padEnd(width)} |`, { stream: process[channel] })} ${line}`,
    )
  return {
    begin: (step) => prefixed(step, "stderr", "started"),
    line: (step, channel, line) => prefixed(step, isResultOnly ? "stderr" : channel, line),
    end: Effect.void,
  }
}
