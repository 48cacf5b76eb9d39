import * as Option from "effect/Option"
import type { Outcome } from "../terminal/report.ts"
import type { DeployResult } from "./deploy.ts"
import type { StepOutcome } from "./step-outcome.ts"

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
