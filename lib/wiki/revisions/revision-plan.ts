import type { Target } from "../catalogue.ts"
import type { RevisionContent, StoredRevision } from "./revisions.ts"

/** An entity whose content changed to one not stored before: a new revision. */
export interface ChangedEntity {
  readonly previous: StoredRevision
  readonly next: RevisionContent
}

/** An entity whose content returned to that of an earlier revision, which is the latest again. */
export interface ReactivatedEntity {
  readonly previous: StoredRevision
  readonly next: StoredRevision
}

/** What storing a table, or finding it gone, does to the revisions of its section. */
export interface SectionPlan {
  readonly target: Target
  readonly sourceSection: string
  readonly parseVersion: string
  /** The table's index on the page; null where the page no longer has it. */
  readonly tableIndex: number | null
  /** How many entities the section had, deprecated ones not counted. */
  readonly live: number
  /** Entities without a stored revision. */
  readonly added: readonly RevisionContent[]
  readonly changed: readonly ChangedEntity[]
  readonly reactivated: readonly ReactivatedEntity[]
  /** Seen again as they were; among them deprecated ones, which are so no longer. */
  readonly unchanged: readonly StoredRevision[]
  /** The latest revisions of entities the page no longer has. */
  readonly deprecated: readonly StoredRevision[]
}

/** What storing a page does. Sections in the page's order, those that are gone last. */
export interface RevisionPlan {
  readonly pageUrl: string
  readonly sections: readonly SectionPlan[]
}

/** How many entities of a section a plan adds, changes, leaves and deprecates. */
export interface RevisionCounts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly deprecated: number
}

/** Counts a section's plan. Content that returned to an earlier revision counts as changed. */
export const countsOf = (plan: SectionPlan): RevisionCounts => ({
  added: plan.added.length,
  changed: plan.changed.length + plan.reactivated.length,
  unchanged: plan.unchanged.length,
  deprecated: plan.deprecated.length,
})

/** The revisions a plan stores anew, in the order to store them in. */
export const newRevisions = ({ sections }: RevisionPlan): readonly RevisionContent[] =>
  sections.flatMap(({ added, changed }) => [...added, ...changed.map(({ next }) => next)])
