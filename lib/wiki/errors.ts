import * as Schema from "effect/Schema"

/** A table of a page as a maintainer is shown it. */
export const TableListing = Schema.Struct({
  /** What `--table-index` takes: zero-based, document order. */
  index: Schema.Number,
  /** Text of the nearest heading before it. */
  heading: Schema.NullOr(Schema.String),
  headers: Schema.Array(Schema.String),
})

export type TableListing = typeof TableListing.Type

/** Headers shown of a table before the rest is left out. */
const shownHeaders = 8

function describeTable({ index, heading, headers }: TableListing): string {
  const shown = headers.slice(0, shownHeaders).join(", ")
  const columns = headers.length > shownHeaders ? `${shown}, …` : shown
  return `  ${index}  ${heading ?? "(no heading)"}: ${columns || "(no rows)"}`
}

const describeTables = (tables: readonly TableListing[]) =>
  tables.length === 0
    ? ["The page has no tables."]
    : ["Tables on the page (index, heading, headers):", ...tables.map(describeTable)]

/** What was read is not a page of the wiki: a challenge, an error page, a broken copy. */
export class NotAWikiPage extends Schema.TaggedError<NotAWikiPage>()("NotAWikiPage", {
  page: Schema.String,
  problem: Schema.String,
}) {
  override get message() {
    return `${this.page} is not a page of the wiki: ${this.problem}. Open the address in a browser; fetch again later, or read a saved copy with --from DIR.`
  }
}

/** No table of the page is what the target looks for. */
export class TableNotFound extends Schema.TaggedError<TableNotFound>()("TableNotFound", {
  page: Schema.String,
  target: Schema.String,
  /** What was looked for, or what was wrong with what was found. */
  problem: Schema.String,
  tables: Schema.Array(TableListing),
}) {
  override get message() {
    return [
      `No table for ${this.target} on ${this.page}: ${this.problem}.`,
      ...describeTables(this.tables),
      "If one of them is the right one, name it with --table-index N.",
    ].join("\n")
  }
}

/** A table was asked for by an index the page does not have. */
export class TableIndexNotFound extends Schema.TaggedError<TableIndexNotFound>()(
  "TableIndexNotFound",
  {
    page: Schema.String,
    indexes: Schema.Array(Schema.Number),
    tables: Schema.Array(TableListing),
  },
) {
  override get message() {
    return [
      `No table ${this.indexes.join(", ")} on ${this.page}.`,
      ...describeTables(this.tables),
      "Name one of them with --table-index N.",
    ].join("\n")
  }
}

/** A stored section that lost most of its entities. */
const ShrunkSection = Schema.Struct({
  sourceSection: Schema.String,
  /** Entities the section has, not counting those deprecated before. */
  live: Schema.Number,
  /** How many of them the page no longer has. */
  missing: Schema.Number,
})

/** A page lost so many rows that it is more likely broken than edited. */
export class PageShrunk extends Schema.TaggedError<PageShrunk>()("PageShrunk", {
  page: Schema.String,
  sections: Schema.Array(ShrunkSection),
}) {
  override get message() {
    return [
      `${this.page} lost most of its rows; nothing of it was stored:`,
      ...this.sections.map(
        ({ sourceSection, live, missing }) => `  ${sourceSection}: ${missing} of ${live} gone`,
      ),
      "Look at the page; if it is right, run again with --allow-shrink.",
    ].join("\n")
  }
}

/** Why a page cannot be read. */
export type ScrapeError = NotAWikiPage | TableNotFound | TableIndexNotFound
