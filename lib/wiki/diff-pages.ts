import * as Effect from "effect/Effect"
import type { Facts, Outcome } from "../terminal/report.ts"
import { type CaptureOptions, planCapture } from "./capture.ts"
import type { Target } from "./catalogue.ts"
import type { PageReadings } from "./read-pages.ts"
import { diffRevisions, type FieldDifference } from "./revisions/diff-revisions.ts"

const differenceFacts = (difference: FieldDifference): Facts => ({
  section: difference.sourceSection,
  entity: difference.entityId,
  field: difference.field,
  previous: difference.previous,
  new: difference.next,
  status: difference.status,
})

/**
 * Compares pages with what is stored of them, field by field, also where so much is gone that a
 * write would refuse the page. Writes nothing.
 */
export const diffPages = Effect.fnUntraced(function* (
  targets: readonly Target[],
  readings: PageReadings,
  options: CaptureOptions,
) {
  const { plans, problems } = yield* planCapture(targets, readings, {
    ...options,
    allowShrink: true,
  })
  const differences = plans.flatMap(diffRevisions)
  const count = (status: FieldDifference["status"]) =>
    differences.filter((difference) => difference.status === status).length
  return {
    units: differences.map(differenceFacts),
    total: {
      fields_added: count("added"),
      fields_changed: count("changed"),
      fields_deprecated: count("deprecated"),
    },
    changes: differences.length,
    problems,
  } satisfies Outcome
})
