import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { contentStart, readContent } from "./content.ts"
import { parseHtml } from "./dom.ts"
import { leavesOpenMoreThan } from "./open-elements.ts"
import type { Place } from "./outline.ts"
import { expandGrid } from "./table-grid.ts"
import { nameHeaders } from "./table-headers.ts"

/** A table of the page: its first row names the columns, the others are its rows. */
export interface WikiTable extends Place {
  /** Its place among all tables of the content, nested ones included: from 0, document order. */
  readonly index: number
  readonly caption: string | null
  readonly headers: readonly string[]
  /** Cell texts, as many in each row as there are headers. */
  readonly rows: readonly (readonly string[])[]
}

/** What a page of the wiki says. */
export interface WikiDocument {
  /** The wiki's number of this version of the page, where the page tells it. */
  readonly revision: number | null
  readonly tables: readonly WikiTable[]
}

/** What was read is not a page of the wiki: a challenge, an error page, a broken copy. */
export class NotAWikiPage extends Schema.TaggedError<NotAWikiPage>()("NotAWikiPage", {
  page: Schema.String,
  problem: Schema.String,
}) {
  override get message() {
    return `${this.page} is not a page of the wiki: ${this.problem}. Open the address in a browser; fetch again later, or read a saved copy with --from DIR.`
  }
}

/** Elements a page may have open at once; the wiki's have about 150. */
const maxOpenElements = 1000

const revision = /"wgRevisionId"\s*:\s*(\d{1,15})\b/

/** The revision number the wiki's skin puts into a script before the content; 0 means none. */
const readRevision = (frame: string) => Number(revision.exec(frame)?.[1] ?? 0) || null

const startTag = /<html[\s>]/i
const endTag = /<\/html\s*>/i

/** Whether a whole page, as a server or a browser writes it, has lost its end. */
const isCutOff = (frame: string, content: string) => startTag.test(frame) && !endTag.test(content)

function readTables(content: string): readonly WikiTable[] | null {
  const tables = readContent(parseHtml(content))
  if (tables === null) return null
  return tables.map(({ rows, ...table }, index) => {
    const [first = [], ...others] = expandGrid(rows)
    return { ...table, index, headers: nameHeaders(first), rows: others }
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
  if (isCutOff(html.slice(0, start), content)) return fail("it is cut off, before </html>")
  if (leavesOpenMoreThan(maxOpenElements, content)) {
    return fail(`more than ${maxOpenElements} of its elements are left open`)
  }
  const tables = readTables(content)
  if (tables === null) return fail("it has no content (mw-parser-output)")
  return Result.succeed({ revision: readRevision(html.slice(0, start)), tables })
}
