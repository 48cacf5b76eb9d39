import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Mode } from "../database/transaction.ts"
import { type Facts, type Outcome, sumFacts } from "../terminal/report.ts"
import { type Target, targetRules } from "./catalogue.ts"
import { messagesOf, type PageProblem } from "./page-problem.ts"
import { type PageReadings, PagesFailed } from "./read-pages.ts"
import { diffRevisions, type FieldDifference } from "./revisions/diff-revisions.ts"
import {
  countsOf,
  planRevisions,
  type RevisionPlan,
  type SectionPlan,
} from "./revisions/plan-revisions.ts"
import type { StoredRevision } from "./revisions/revisions.ts"
import { loadRevisions, storeRevisions } from "./revisions/stored-revisions.ts"

/** What a capture accepts that would otherwise stop it. */
export interface CaptureOptions {
  /** Accept sections that lost most of their rows. */
  readonly allowShrink: boolean
  /** Store what works although something else failed. */
  readonly keepGoing: boolean
}

/** What storing some pages would do, and why other pages are left out. */
export interface Capture {
  readonly stored: readonly StoredRevision[]
  readonly plans: readonly RevisionPlan[]
  readonly problems: readonly PageProblem[]
}

/** Plans to store what was read; fails when a page failed, unless the capture keeps going. */
export const planCapture = Effect.fnUntraced(function* (
  targets: readonly Target[],
  { pages, problems, absent }: PageReadings,
  { allowShrink, keepGoing }: CaptureOptions,
) {
  const stored = yield* loadRevisions(targets.map((target) => targetRules[target].parseVersion))
  const planned = pages.map((page) => planRevisions(stored, page, { allowShrink }))
  const refusals = planned.filter(Result.isFailure).flatMap(({ failure }) => failure.problems)
  const captured = new Set(
    stored.filter(({ deprecated }) => !deprecated).map(({ pageUrl }) => pageUrl),
  )
  const gone = absent.filter(({ page }) => captured.has(page))
  const failed = [...problems, ...gone, ...refusals]
  if (failed.length > 0 && !keepGoing) return yield* new PagesFailed({ problems: failed })
  const plans = planned.filter(Result.isSuccess).map(({ success }) => success)
  return { stored, plans, problems: failed } satisfies Capture
})

const countNames = ["added", "changed", "unchanged", "deprecated"] as const

const sectionFacts = (pageUrl: string, section: SectionPlan): Facts => ({
  target: section.target,
  page: pageUrl.slice(pageUrl.lastIndexOf("/") + 1),
  table_index: section.tableIndex,
  source_section: section.sourceSection,
  parse_version: section.parseVersion,
  ...countsOf(section),
})

const tableFacts = ({ plans }: Capture): readonly Facts[] =>
  plans.flatMap(({ pageUrl, sections }) =>
    sections.map((section) => sectionFacts(pageUrl, section)),
  )

/** What a capture does, target by target. */
export const captureByTarget = (targets: readonly Target[], capture: Capture): readonly Facts[] => {
  const tables = tableFacts(capture)
  return targets.map((target) => {
    const own = tables.filter((table) => table.target === target)
    return { wiki_target: target, tables: own.length, ...sumFacts(own, countNames) }
  })
}

/** How many rows a capture changes; that an unchanged one was seen again is no change. */
export const captureChanges = ({ plans }: Capture): number =>
  plans
    .flatMap(({ sections }) => sections)
    .reduce((sum, section) => {
      const { added, changed, deprecated } = countsOf(section)
      const returned = section.unchanged.filter((revision) => revision.deprecated).length
      return sum + added + changed + deprecated + returned
    }, 0)

/**
 * Stores what was read of the wiki's pages as revisions, or says for a check what that would do.
 * Nothing stored is ever overwritten.
 */
export const capturePages = Effect.fnUntraced(function* (
  mode: Mode,
  targets: readonly Target[],
  readings: PageReadings,
  options: CaptureOptions,
) {
  const capture = yield* planCapture(targets, readings, options)
  if (mode === "write") yield* storeRevisions(capture.plans)
  const tables = tableFacts(capture)
  return {
    units: [...tables, ...captureByTarget(targets, capture)],
    total: { tables: tables.length, ...sumFacts(tables, countNames) },
    changes: captureChanges(capture),
    problems: messagesOf(capture.problems),
    drift: capture.problems,
  } satisfies Outcome
})

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
    problems: messagesOf(problems),
    drift: problems,
  } satisfies Outcome
})
