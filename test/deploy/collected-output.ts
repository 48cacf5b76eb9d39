import * as Effect from "effect/Effect"
import type { StepOutput } from "../../lib/deploy/step-output.ts"

/** An output that collects its lines, as `step channel: line`, in order. */
export const collectedOutput = (): StepOutput & { readonly lines: readonly string[] } => {
  const lines: string[] = []
  const add = (line: string) => Effect.sync(() => void lines.push(line))
  return {
    lines,
    begin: ({ name }) => add(`${name} begins`),
    line: ({ name }, channel, line) => add(`${name} ${channel}: ${line}`),
    end: add("end"),
  }
}
