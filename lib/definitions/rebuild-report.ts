import { type Facts, type Outcome, sumFacts } from "../terminal/report.ts"
import { type Capture, captureByTarget, captureChanges } from "../wiki/capture.ts"
import { messagesOf } from "../wiki/page-problem.ts"
import type { RebuildPlan, TargetSummary } from "./difference.ts"
import { describeDrift, reportedDrift } from "./drift.ts"
import { type RebuildTarget, wikiTargetsOf } from "./targets.ts"

const summaryFacts = ({ target, definitions, parameters, levels }: TargetSummary): Facts => ({
  target,
  definitions_created: definitions.created,
  definitions_updated: definitions.updated,
  definitions_unchanged: definitions.unchanged,
  parameters_created: parameters.created,
  parameters_updated: parameters.updated,
  parameters_unchanged: parameters.unchanged,
  levels_created: levels.created,
  levels_updated: levels.updated,
  levels_deleted: levels.deleted,
  levels_unchanged: levels.unchanged,
})

/** How many rows a rebuild writes or deletes. */
export const plannedRows = ({
  definitions,
  parameters,
  levels,
  deletedLevels,
}: RebuildPlan): number =>
  definitions.length + parameters.length + levels.length + deletedLevels.length

/** Target by target and in all: what a rebuild does, after a capture if there was one. */
export const rebuildOutcome = (
  targets: readonly RebuildTarget[],
  capture: Capture | null,
  plan: RebuildPlan,
): Outcome => {
  const wiki = {
    units: capture === null ? [] : captureByTarget(wikiTargetsOf(targets), capture),
    changes: capture === null ? 0 : captureChanges(capture),
    problems: capture?.problems ?? [],
  }
  const units = plan.targets.map(summaryFacts)
  const names = Object.keys(units[0] ?? {}).filter((name) => name !== "target")
  return {
    units: [...wiki.units, ...units],
    total: sumFacts(units, names),
    changes: wiki.changes + plannedRows(plan),
    problems: [...messagesOf(wiki.problems), ...plan.drift.map(describeDrift)],
    drift: [...wiki.problems, ...plan.drift.map(reportedDrift)],
  }
}
