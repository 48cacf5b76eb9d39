import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Mode } from "../database/transaction.ts"
import { type CaptureOptions, planCapture } from "../wiki/capture.ts"
import type { PageReadings } from "../wiki/read-pages.ts"
import { latestRows, loadLatestRows } from "../wiki/revisions/latest-rows.ts"
import { overlayPlans } from "../wiki/revisions/overlay-plans.ts"
import { storeRevisions } from "../wiki/revisions/stored-revisions.ts"
import { DefinitionDrift } from "./drift.ts"
import { planRebuild } from "./plan.ts"
import { plannedRows, rebuildOutcome } from "./rebuild-report.ts"
import { loadDefinitions, storeChanges } from "./stored-definitions.ts"
import {
  parseVersionsOf,
  type RebuildTarget,
  rebuildSources,
  rebuildTargetNames,
  wikiTargetsOf,
} from "./targets.ts"

/** What to rebuild, and from what. */
export interface RebuildRequest extends CaptureOptions {
  readonly targets: readonly RebuildTarget[]
  /** Pages to store first; none to rebuild from what is stored. */
  readonly readings: Option.Option<PageReadings>
}

// A check lays the planned revisions over the stored ones; a write stores them and reads on.
const captureFirst = Effect.fnUntraced(function* (
  mode: Mode,
  request: RebuildRequest,
  readings: PageReadings,
) {
  const capture = yield* planCapture(wikiTargetsOf(request.targets), readings, request)
  if (mode === "check")
    return {
      capture: Option.some(capture),
      rows: latestRows(overlayPlans(capture.stored, capture.plans)),
    }
  yield* storeRevisions(capture.plans)
  const rows = yield* loadLatestRows(parseVersionsOf(request.targets))
  return { capture: Option.some(capture), rows }
})

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
    : { capture: Option.none(), rows: yield* loadLatestRows(parseVersionsOf(targets)) }
  const stored = yield* loadDefinitions(targets.map((target) => rebuildSources[target].kind))
  const plan = planRebuild(targets, rows, stored)
  if (plan.drift.length > 0 && !keepGoing)
    return yield* new DefinitionDrift({ problems: plan.drift })
  if (mode === "write") yield* storeChanges(plan)
  return rebuildOutcome(targets, capture, plan)
})

/** What a rebuild from the stored rows would change now, and what of them it could not use. */
export const rebuildBacklog = Effect.gen(function* () {
  const rows = yield* loadLatestRows(parseVersionsOf(rebuildTargetNames))
  const kinds = rebuildTargetNames.map((target) => rebuildSources[target].kind)
  const plan = planRebuild(rebuildTargetNames, rows, yield* loadDefinitions(kinds))
  return { pending: plannedRows(plan), drift: plan.drift.length }
})
