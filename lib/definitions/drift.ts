import * as Schema from "effect/Schema"
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
    "repeated-row",
    "no-levels",
  ]),
  kind: Schema.Literals(definitionKinds),
  /** Slug of the entity; null where the whole kind is concerned. */
  entity: Schema.NullOr(Schema.String),
  page: Schema.NullOr(Schema.String),
  /** The header the problem is about, null where it is about the rows as a whole. */
  header: Schema.NullOr(Schema.String),
  expected: Schema.Array(Schema.String),
  found: Schema.Array(Schema.String),
})

export type DriftProblem = typeof DriftProblem.Type

/** Whom a problem concerns. */
export interface DriftSubject {
  readonly kind: DefinitionKind
  readonly slug: string
  readonly page: string
}

/** A problem of one entity. */
export function driftOf(
  { kind, slug, page }: DriftSubject,
  reason: DriftProblem["reason"],
  {
    header = null,
    expected = [],
    found = [],
  }: Partial<Pick<DriftProblem, "header" | "expected" | "found">>,
): DriftProblem {
  return { reason, kind, entity: slug, page, header, expected, found }
}

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
  "unknown-header": ({ header, expected }) =>
    `header "${header}" stands for no parameter or cost; expected ${list(expected)}`,
  "missing-header": ({ header, found }) => `no header "${header}" among ${list(found)}`,
  "parameter-count": ({ expected, found }) =>
    `${found.length} parameters (${list(found)}), expected ${expected.length} (${list(expected)})`,
  "missing-cost-column": ({ header, expected, found }) =>
    `no cost column for "${header}" among ${list(found)}; expected one of ${list(expected)}`,
  "ambiguous-cost-column": ({ header, found }) =>
    `more than one cost column for "${header}": ${list(found)}; expected one`,
  "invalid-level": ({ found }) => `level ${some(found)}; expected whole numbers`,
  "duplicate-level": ({ found }) => `level ${some(found)}; expected one row for each`,
  "repeated-row": ({ found }) =>
    `the rows counted as level ${some(found)} say the same; expected each to differ`,
  "no-levels": ({ header }) => `no row has both a value and a cost for "${header}"; expected one`,
}

/** A problem in one line: whom it concerns, what was found, what was expected. */
export function describeDrift(problem: DriftProblem): string {
  const kind = problem.kind.replaceAll("_", " ")
  const subject = problem.entity === null ? kind : `${kind} ${problem.entity}`
  const page = problem.page === null ? "" : ` (${problem.page})`
  return `${subject}${page}: ${sentences[problem.reason](problem)}`
}

/** The stored wiki rows do not fit the registry: every problem found, none of them rebuilt. */
export class DefinitionDrift extends Schema.TaggedError<DefinitionDrift>()("DefinitionDrift", {
  problems: Schema.Array(DriftProblem),
}) {
  override get message() {
    return [
      `The stored wiki rows differ from what lib/definitions/registry.ts expects (${this.problems.length}):`,
      ...this.problems.map((problem) => `- ${describeDrift(problem)}`),
      "Mend the page or the registry; --keep-going rebuilds the entities that are not named here.",
    ].join("\n")
  }
}
