import * as Effect from "effect/Effect"
import type { Mode } from "../database/transaction.ts"
import type { Facts } from "../terminal/report.ts"
import { type Capture, type CaptureOptions, planCapture } from "../wiki/capture.ts"
import { type PageReadings, PagesFailed } from "../wiki/read-pages.ts"
import { latestRows, loadLatestRows } from "../wiki/revisions/latest-rows.ts"
import { overlayPlans } from "../wiki/revisions/overlay-plans.ts"
import { storeRevisions } from "../wiki/revisions/stored-revisions.ts"
import type { RebuildPlan } from "./difference.ts"
import { DefinitionDrift, type DriftProblem } from "./drift.ts"
import { planRebuild } from "./plan.ts"
import { plannedRows, rebuildOutcome } from "./rebuild-report.ts"
import { loadDefinitions, loadOrigins, storeChanges } from "./stored-definitions.ts"
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
  /** Pages to store first; null to rebuild from what is stored. */
  readonly readings: PageReadings | null
}

// A check, and a write that will be refused, lay the planned revisions over the stored ones; any
// other write stores them and reads on.
const captureFirst = Effect.fnUntraced(function* (
  mode: Mode,
  request: RebuildRequest,
  readings: PageReadings,
) {
  const options = { ...request, keepGoing: true }
  const capture = yield* planCapture(wikiTargetsOf(request.targets), readings, options)
  const isRefused = capture.problems.length > 0 && !request.keepGoing
  if (mode === "check" || isRefused)
    return { capture, rows: latestRows(overlayPlans(capture.stored, capture.plans)) }
  yield* storeRevisions(capture.plans)
  const rows = yield* loadLatestRows(parseVersionsOf(request.targets))
  return { capture, rows }
})

// Everything at once: a page that cannot be read must not hide what is wrong on the others. That a
// target has no rows says nothing new where its pages could not be read.
const requireSound = (
  capture: Capture | null,
  { drift }: RebuildPlan,
): Effect.Effect<void, PagesFailed | DefinitionDrift> => {
  const pages = capture?.problems ?? []
  const problems = drift.filter(({ reason }) => reason !== "no-rows" || pages.length === 0)
  if (problems.length > 0) return Effect.fail(new DefinitionDrift({ problems, pages }))
  return pages.length > 0 ? Effect.fail(new PagesFailed({ problems: pages })) : Effect.void
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
  const { capture, rows } =
    readings === null
      ? { capture: null, rows: yield* loadLatestRows(parseVersionsOf(targets)) }
      : yield* captureFirst(mode, request, readings)
  const stored = yield* loadDefinitions(targets.map((target) => rebuildSources[target].kind))
  const plan = planRebuild(targets, rows, stored, request)
  if (!keepGoing) yield* requireSound(capture, plan)
  if (mode === "write") yield* storeChanges(plan)
  return rebuildOutcome(targets, capture, plan)
})

/** What a rebuild from the stored rows would change now, and what of them it could not use. */
export const rebuildBacklog = Effect.gen(function* () {
  const rows = yield* loadLatestRows(parseVersionsOf(rebuildTargetNames))
  const kinds = rebuildTargetNames.map((target) => rebuildSources[target].kind)
  const plan = planRebuild(rebuildTargetNames, rows, yield* loadDefinitions(kinds))
  return { pending: plannedRows(plan), drift: plan.drift }
})

/** How many problems each drifted entity has, and when the wiki last agreed with its definition. */
export const driftByEntity = (drift: readonly DriftProblem[]) =>
  Effect.map(loadOrigins, (origins) => {
    const since = new Map(origins.map((origin) => [`${origin.kind}/${origin.slug}`, origin.since]))
    const byEntity = Map.groupBy(drift, ({ kind, entity }) => `${kind}/${entity ?? ""}`)
    return [...byEntity].map(([place, problems]): Facts => {
      const [kind = "", entity = ""] = place.split("/")
      return {
        ...{ area: "drift", kind, entity: entity || null, problems: problems.length },
        definition_since_utc: since.get(place) ?? null,
      }
    })
  })
