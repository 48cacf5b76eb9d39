import { newRevisions, type RevisionPlan } from "./plan-revisions.ts"
import type { StoredRevision } from "./revisions.ts"

/**
 * The revisions as they will be once the plans are carried out, so that a check can compute what
 * follows from them. Those that are not stored yet get negative ids, -1, -2, … in the order in which
 * the plans store them.
 *
 * @param stored at least all revisions the plans were made from
 */
export function overlayPlans(
  stored: readonly StoredRevision[],
  plans: readonly RevisionPlan[],
): readonly StoredRevision[] {
  const lastSeen = 1 + stored.reduce((latest, revision) => Math.max(latest, revision.lastSeen), 0)
  const lastId = stored.reduce((last, { id }) => Math.min(last, id), 0)
  const sections = plans.flatMap((plan) => plan.sections)
  const seen = sections
    .flatMap(({ unchanged, reactivated }) => [...unchanged, ...reactivated.map(({ next }) => next)])
    .map((revision) => ({ ...revision, lastSeen, deprecated: false }))
  const gone = sections
    .flatMap((section) => section.deprecated)
    .map((revision) => ({ ...revision, deprecated: true }))
  const updates = new Map([...seen, ...gone].map((revision) => [revision.id, revision]))
  const inserted = plans
    .flatMap(newRevisions)
    .map((content, index) => ({ ...content, id: lastId - 1 - index, lastSeen, deprecated: false }))
  return [...stored.map((revision) => updates.get(revision.id) ?? revision), ...inserted]
}
