import * as Schema from "effect/Schema"
import type { Drift } from "../terminal/report.ts"
import { describePlace, messagesOf, PageProblem } from "../wiki/page-problem.ts"
import { type DefinitionKind, definitionKinds } from "./registry.ts"

/** One way in which stored wiki rows are not what the registry expects, with what is expected. */
export const DriftProblem = Schema.Struct({
  reason: Schema.Literals([
    "no-rows",
    "unknown-entity",
    "duplicate-entity",
    "disagreeing-headers",
    "unknown-header",
    "missing-header",
    "parameter-count",
    "missing-cost-column",
    "ambiguous-cost-column",
    "invalid-level",
    "duplicate-level",
    "missing-level",
    "disordered-levels",
    "moved-levels",
    "inserted-levels",
    "swapped-columns",
    "repeated-row",
    "no-levels",
    "not-a-value",
    "not-a-cost",
    "level-in-a-total",
    "counted-total",
    "text-without-header",
    "missing-entity",
    "vanished-column",
  ]),
  kind: Schema.Literals(definitionKinds),
  /** Slug of the entity; null where the whole kind is concerned. */
  entity: Schema.NullOr(Schema.String),
  page: Schema.NullOr(Schema.String),
  /** The wiki's number of the page's version that the rows are from, where it is known. */
  revision: Schema.NullOr(Schema.Int),
  /** The source section of the rows. */
  table: Schema.NullOr(Schema.String),
  /** Level or name of the row; null where the problem is about more than one. */
  row: Schema.NullOr(Schema.String),
  /** Header of the column; null where the problem is about the rows as a whole. */
  column: Schema.NullOr(Schema.String),
  expected: Schema.Array(Schema.String),
  found: Schema.Array(Schema.String),
})

export type DriftProblem = typeof DriftProblem.Type

/** What a problem is about: an entity, and where the wiki has its rows. */
export interface DriftSubject extends Pick<DriftProblem, "page" | "revision" | "table"> {
  readonly kind: DefinitionKind
  readonly slug: string
}

/** A problem of one entity. */
export function driftOf(
  { kind, slug, page, revision, table }: DriftSubject,
  reason: DriftProblem["reason"],
  {
    row = null,
    column = null,
    expected = [],
    found = [],
  }: Partial<Pick<DriftProblem, "row" | "column" | "expected" | "found">>,
): DriftProblem {
  return { reason, kind, entity: slug, page, revision, table, row, column, expected, found }
}

/** A problem of a whole kind. */
export const driftOfKind = (
  kind: DefinitionKind,
  reason: DriftProblem["reason"],
  details: Partial<Pick<DriftProblem, "page" | "revision" | "table" | "column">> &
    Pick<DriftProblem, "expected" | "found">,
): DriftProblem => ({
  ...{ reason, kind, entity: null, page: null, revision: null, table: null },
  ...{ row: null, column: null },
  ...details,
})

const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ")

/** The first few of a long list: a table that drifts often does so in every row. */
const some = (places: readonly string[], shown = 3) =>
  places.length > shown
    ? `${places.slice(0, shown).join(", ")} and ${places.length - shown} more`
    : places.join(", ")

const sentences: Readonly<Record<DriftProblem["reason"], (problem: DriftProblem) => string>> = {
  "no-rows": ({ expected }) => `no stored rows; capture them first: ${expected.join(" or ")}`,
  "unknown-entity": ({ expected }) => `not in the registry, which has ${list(expected)}`,
  "duplicate-entity": ({ found }) => `in more than one row: ${some(found)}; expected one`,
  "disagreeing-headers": ({ found }) =>
    `its rows have different headers: ${found.join(" against ")}`,
  "unknown-header": ({ column, expected }) =>
    `header "${column}" is neither a parameter nor a cost; expected ${list(expected)}`,
  "missing-header": ({ column, found }) => `no header "${column}" among ${list(found)}`,
  "parameter-count": ({ expected, found }) =>
    `${found.length} parameters (${list(found)}), expected ${expected.length} (${list(expected)})`,
  "missing-cost-column": ({ column, expected, found }) =>
    `no cost column for "${column}" among ${list(found)}; expected one of ${list(expected)}`,
  "ambiguous-cost-column": ({ column, found }) =>
    `more than one cost column for "${column}": ${list(found)}; expected one`,
  "invalid-level": ({ found }) => `level ${some(found)}; expected whole numbers`,
  "duplicate-level": ({ found }) => `level ${some(found)}; expected one row for each`,
  "missing-level": ({ found }) =>
    `no row for it before ${found.join()}; expected a row for each level`,
  "moved-levels": ({ expected, found }) =>
    `${list(found)} in place of ${list(expected)}, and every level after it is one of a later level: a row is missing; if the game has lost the level, run again with --allow-shrink`,
  "disordered-levels": ({ expected, found }) =>
    `${list(found)} and all beside it go back; expected ${expected.join()}: two rows have changed places`,
  "inserted-levels": ({ expected, found }) =>
    `${list(found)} in place of ${list(expected)}, and every level after it is one of an earlier level: a row is there twice, or too many; if the game has gained the level, run again with --allow-shrink`,
  "swapped-columns": ({ column, expected, found }) =>
    `${list(found)} in place of ${list(expected)} for "${column}", and the other way round in another column: cells or headers have changed places; if the stored ones were wrong, run again with --allow-shrink`,
  "repeated-row": ({ found }) =>
    `the rows counted as level ${some(found)} say the same; expected each to differ`,
  "no-levels": ({ column }) => `no row has both a value and a cost for "${column}"; expected one`,
  "not-a-value": ({ expected, found }) =>
    `${list(found)} is not a value; expected ${expected.join(" or ")}`,
  "not-a-cost": ({ expected, found }) =>
    `${list(found)} is not a cost; expected ${expected.join(" or ")}`,
  "level-in-a-total": ({ found }) =>
    `the row is labelled ${list(found)} and has a level; expected one or the other`,
  "counted-total": ({ found }) =>
    `the total ${list(found)} was counted as a level; expected no level after it`,
  "text-without-header": ({ found }) =>
    `${list(found)} in a column without a header; expected nothing there`,
  "missing-entity": () => "no rows of it, though there are rows of others; expected its table",
  "vanished-column": ({ column, found }) =>
    `no row says anything for "${column}", which ${found.length} stored ${found.length === 1 ? "definition has" : "definitions have"} (${some(found)})`,
}

/** A problem in one line: what it is about, what was found, what was expected. */
export function describeDrift(problem: DriftProblem): string {
  const { entity, page, row, column, reason } = problem
  const kind = problem.kind.replaceAll("_", " ")
  const subject = entity === null ? kind : `${kind} ${entity}`
  // The sentences about headers name the column themselves.
  const place = { ...problem, column: row === null ? null : column }
  const where = page === null ? "" : `, ${describePlace({ ...place, page })}`
  return `${subject}${where}: ${sentences[reason](problem)}`
}

/** A problem as reports have it. */
export const reportedDrift = (problem: DriftProblem): Drift => {
  const { page, revision, table, row, column, found, expected } = problem
  return {
    ...{ page, revision, table, row, column },
    ...{ found: found.join(", "), expected: expected.join(" or ") },
    message: describeDrift(problem),
  }
}

/** The wiki rows do not fit the registry: every problem found; no entity named in one is rebuilt. */
export class DefinitionDrift extends Schema.TaggedError<DefinitionDrift>()("DefinitionDrift", {
  problems: Schema.Array(DriftProblem),
  /** Pages that could not be read at all. */
  pages: Schema.Array(PageProblem),
}) {
  get drift(): readonly Drift[] {
    return [...this.pages, ...this.problems.map(reportedDrift)]
  }
  override get message() {
    return [
      ...messagesOf(this.pages),
      `The wiki rows differ from what lib/definitions/registry.ts expects (${this.problems.length}):`,
      ...this.problems.map((problem) => `- ${describeDrift(problem)}`),
      "Fix the page or the registry; --keep-going rebuilds the entities that are not named here.",
    ].join("\n")
  }
}
