import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Mode } from "../cli/intent.ts"
import { type Facts, type Report, sumFacts } from "../cli/report.ts"
import {
  type Capture,
  type CaptureOptions,
  captureByTarget,
  captureChanges,
  planCapture,
} from "../wiki/capture.ts"
import type { Target } from "../wiki/catalogue.ts"
import { loadLatestRows } from "../wiki/revisions/latest-rows.ts"
import { overlayPlans } from "../wiki/revisions/overlay-plans.ts"
import { storeRevisions } from "../wiki/revisions/stored-revisions.ts"
import type { PageReadings } from "../wiki/source/read-pages.ts"
import { DefinitionDrift, describeDrift } from "./drift.ts"
import { planRebuild } from "./plan.ts"
import type { RebuildPlan, TargetSummary } from "./rebuild-plan.ts"
import { storeChanges } from "./store-changes.ts"
import { loadDefinitions } from "./stored-definitions.ts"
import { parseVersionsOf, type RebuildTarget, rebuildSources } from "./targets.ts"

/** What to rebuild, and from what. */
export interface RebuildRequest extends CaptureOptions {
  readonly targets: ReadonlyArray<RebuildTarget>
  /** Pages to store first; none to rebuild from what is stored. */
  readonly readings: Option.Option<PageReadings>
}

/** The parts of the wiki that feed these targets; cards bring their slots along. */
export const wikiTargetsOf = (targets: ReadonlyArray<RebuildTarget>): ReadonlyArray<Target> =>
  targets.flatMap((target) =>
    target === "cards" ? (["slots", "cards_list"] as const) : rebuildSources[target].wikiTarget,
  )

const nothingCaptured: Capture = { stored: [], plans: [], problems: [] }

// A check lays the planned revisions over the stored ones; a write stores them and reads on.
const captureFirst = Effect.fnUntraced(function* (
  mode: Mode,
  request: RebuildRequest,
  readings: PageReadings,
) {
  const capture = yield* planCapture(wikiTargetsOf(request.targets), readings, request)
  if (mode === "check") return { capture, rows: overlayPlans(capture.stored, capture.plans) }
  yield* storeRevisions(capture.plans)
  return { capture, rows: yield* loadLatestRows(parseVersionsOf(request.targets)) }
})

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

const rebuildReport = (
  mode: Mode,
  { targets, readings }: RebuildRequest,
  capture: Capture,
  plan: RebuildPlan,
): Report => {
  const wiki = Option.isSome(readings) ? captureByTarget(wikiTargetsOf(targets), capture) : []
  const units = plan.targets.map(summaryFacts)
  const names = Object.keys(units[0] ?? {}).filter((name) => name !== "target")
  return {
    command: "rebuild-wiki-definitions",
    mode,
    units: [...wiki, ...units],
    total: sumFacts(units, names),
    changes:
      captureChanges(capture) +
      plan.definitions.length +
      plan.parameters.length +
      plan.levels.length +
      plan.deletedLevels.length,
    problems: [...capture.problems, ...plan.drift.map(describeDrift)],
  }
}

/**
 * Makes definitions, parameters and levels what the wiki's rows say, or says for a check what that
 * would do, pages included. Nothing of a player's is touched and no definition is deleted.
 */
export const rebuildDefinitions = Effect.fnUntraced(function* (
  mode: Mode,
  request: RebuildRequest,
) {
  const { targets, readings, keepGoing } = request
  const { capture, rows } = Option.isSome(readings)
    ? yield* captureFirst(mode, request, readings.value)
    : { capture: nothingCaptured, rows: yield* loadLatestRows(parseVersionsOf(targets)) }
  const stored = yield* loadDefinitions(targets.map((target) => rebuildSources[target].kind))
  const plan = planRebuild(targets, rows, stored)
  if (plan.drift.length > 0 && !keepGoing)
    return yield* new DefinitionDrift({ problems: plan.drift })
  if (mode === "write") yield* storeChanges(plan)
  return rebuildReport(mode, request, capture, plan)
})
