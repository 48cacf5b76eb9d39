import * as Schema from "effect/Schema"
import { listedPage, type Target, type WikiPage } from "./catalogue.ts"
import type { WikiDocument, WikiTable } from "./page/document.ts"
import { comparedTitle } from "./page/served-page.ts"
import { describePage, describePlace, PageProblem } from "./page-problem.ts"
import type { RowProblem } from "./rows/row-problems.ts"

/** The wiki served another page of the catalogue than the one requested, as after a merge. */
export class OtherPageServed extends Schema.TaggedError<OtherPageServed>()("OtherPageServed", {
  page: Schema.String,
  revision: Schema.NullOr(Schema.Int),
  title: Schema.String,
  served: Schema.String,
}) {
  override get message() {
    return `${describePage(this)} is the page ${this.served} now, not ${this.title}: its figures are those of another. Look at where the wiki has moved ${this.title}; name its new place with --url.`
  }

  get problems(): readonly PageProblem[] {
    const { page, revision, title: expected, served: found, message } = this
    return [{ page, revision, table: null, row: null, column: null, found, expected, message }]
  }
}

/** Tables whose rows cannot be what their place in the table says: each problem, nothing stored. */
export class UnreadableRows extends Schema.TaggedError<UnreadableRows>()("UnreadableRows", {
  page: Schema.String,
  problems: Schema.Array(PageProblem),
}) {
  override get message() {
    return [
      ...this.problems.map(({ message }) => message),
      "Nothing of this page was stored. Correct it on the wiki, or run again once it is corrected.",
    ].join("\n")
  }
}

/** Targets whose pages are each about one entity, so that another page has another's figures. */
const perEntity: ReadonlySet<Target> = new Set(["bots", "ultimate_weapons"])

/**
 * Why a page must not be read, where the wiki served another page of the catalogue. One that was
 * renamed, or moved to a section of a page that the catalogue does not list, is read.
 */
export function otherPage(
  page: WikiPage,
  { served, revision }: WikiDocument,
): OtherPageServed | null {
  // A page that the catalogue lacks is about an entity that the registry lacks, which says so itself.
  if (listedPage(page.title) === null) return null
  const title = comparedTitle(page.title)
  const isOther = (found: string | null) => {
    const listed = found === null || found === title ? null : listedPage(found)
    if (listed === null) return false
    return !page.targets.every(
      (target) => listed.targets.includes(target) && !perEntity.has(target),
    )
  }
  const found = [served.title, served.redirectedFrom].find(isOther)
  return found === undefined || found === null
    ? null
    : new OtherPageServed({ page: page.url, revision, title: page.title, served: found })
}

/** What is wrong with rows of a table, each with its place on the page. */
export function unreadableRows(
  page: WikiPage,
  { revision }: WikiDocument,
  { index, heading }: WikiTable,
  problems: readonly RowProblem[],
): readonly PageProblem[] {
  return problems.map(({ row, column, found, expected }) => {
    const label = row?.cells.find((cell) => cell !== "")
    const place = {
      page: page.url,
      revision,
      table: heading === null ? String(index) : `${index} (${heading.text})`,
      row: row === null ? null : `${row.number} (${label ?? ""})`,
      column,
    }
    const message = `${describePlace(place)}: found ${found}, expected ${expected}`
    return { ...place, found, expected, message }
  })
}
