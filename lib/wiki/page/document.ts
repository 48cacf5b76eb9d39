import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { PageProblem } from "../page-problem.ts"
import { contentStart, readContent } from "./content.ts"
import { parseHtml } from "./dom.ts"
import { countOpenElements } from "./open-elements.ts"
import type { Place } from "./outline.ts"
import { readServedPage, type ServedPage } from "./served-page.ts"
import { expandGrid, type GridRow } from "./table-grid.ts"
import { joinHeaders, nameHeaders } from "./table-headers.ts"

/** A row of a table. */
export interface WikiRow extends Omit<GridRow, "index" | "texts"> {
  /** Its number below the headers as a person counts them, from 1. */
  readonly number: number
  /** Cell texts, as many as the table has headers. */
  readonly cells: readonly string[]
}

/** A table of the page: its first row names the columns, the others are its rows. */
export interface WikiTable extends Place {
  /** Its place among all tables of the content, nested ones included: from 0, document order. */
  readonly index: number
  readonly caption: string | null
  readonly headers: readonly string[]
  readonly rows: readonly WikiRow[]
}

/** What a page of the wiki says. */
export interface WikiDocument {
  /** The wiki's number of this version of the page, null where the page does not say. */
  readonly revision: number | null
  readonly served: ServedPage
  readonly tables: readonly WikiTable[]
}

/** What was read is not a page of the wiki but a challenge, an error page or a broken copy. */
export class NotAWikiPage extends Schema.TaggedError<NotAWikiPage>()("NotAWikiPage", {
  page: Schema.String,
  problem: Schema.String,
}) {
  override get message() {
    return `${this.page} is not a page of the wiki: ${this.problem}. Open the address in a browser; fetch again later, or read a saved copy with --from DIR.`
  }

  get problems(): readonly PageProblem[] {
    const { page, problem: found, message } = this
    const place = { page, revision: null, table: null, row: null, column: null }
    return [{ ...place, found, expected: "a page of the wiki", message }]
  }
}

/** Elements a page may have open at once; the wiki's have about 150. */
const maxOpenElements = 1000

const revision = /"wgRevisionId"\s*:\s*(\d{1,15})\b/

/** The revision number the wiki's skin puts into a script before the content; 0 means none. */
const readRevision = (frame: string) => Number(revision.exec(frame)?.[1] ?? 0) || null

const endTag = /<\/html\s*>/i

function readTables(content: string): readonly WikiTable[] | null {
  const tables = readContent(parseHtml(content))
  if (tables === null) return null
  return tables.map(({ rows, ...table }, index) => {
    const [first, ...others] = expandGrid(rows)
    const headers = first?.texts ?? []
    const joined = joinHeaders(headers, others[0]?.texts ?? [])
    const below = joined === null ? others : others.slice(1)
    const headerRow = (joined === null ? first : others[0])?.index ?? 0
    return {
      ...table,
      index,
      headers: nameHeaders(joined ?? headers),
      rows: below.map(({ index: at, texts, ...row }) => ({
        ...row,
        number: at - headerRow,
        cells: texts,
      })),
    }
  })
}

/**
 * Reads a page's tables and revision. Fails where the HTML is not the wiki's: it has no content
 * element or no end, or it nests its elements as no page of the wiki does.
 */
export function readDocument(
  pageUrl: string,
  html: string,
): Result.Result<WikiDocument, NotAWikiPage> {
  const fail = (problem: string) => Result.fail(new NotAWikiPage({ page: pageUrl, problem }))
  const start = contentStart(html)
  if (start === null) return fail("it has no content (mw-parser-output)")
  const content = html.slice(start)
  const { exceedsLimit, isFinished } = countOpenElements(maxOpenElements, content)
  if (exceedsLimit) return fail(`more than ${maxOpenElements} of its elements are left open`)
  // A browser may save a page without the end tags that HTML lets it leave out.
  if (!isFinished && !endTag.test(content)) return fail("it is cut off within its content")
  const tables = readTables(content)
  if (tables === null) return fail("it has no content (mw-parser-output)")
  const frame = html.slice(0, start)
  return Result.succeed({ revision: readRevision(frame), served: readServedPage(frame), tables })
}
