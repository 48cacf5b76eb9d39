import * as Schema from "effect/Schema"

/** What became of one step: a row of the deploy's table, and what is remembered of its run. */
export const StepOutcome = Schema.Struct({
  step: Schema.String,
  outcome: Schema.Literals(["running", "completed", "failed", "skipped", "not run", "stopped"]),
  /** How long it took; null when it did not run or has not ended. */
  seconds: Schema.NullOr(Schema.Finite),
  /** Why it did not complete; null when it did. */
  reason: Schema.NullOr(Schema.String),
})
export type StepOutcome = typeof StepOutcome.Type
