import { describe, expect, test } from "bun:test"
import * as Result from "effect/Result"
import fc from "fast-check"
import { scrapePage } from "../../lib/wiki/scrape.ts"
import { wikiFetchLimits } from "../../lib/wiki/source/retry.ts"
import { expectLinearTime } from "../support/linear-time.ts"
import { cases, patience } from "../support/long-run.ts"
import { bundledHtml, heading, listedPage, wikiPage } from "./pages.ts"

const goldenBot = listedPage("Golden_Bot")

/** How a page ends up that may hold anything. */
function outcomeOf(page: typeof goldenBot, html: string): string {
  const result = scrapePage(page, html)
  return Result.isSuccess(result) ? "read" : result.failure[0]._tag
}

const outcomes = ["read", "NotAWikiPage", "TableNotFound", "UnreadableRows"]

test("a page with parts missing or out of place is read or refused, and nothing is thrown", async () => {
  const pages = ["Cards", "Flame_Bot", "Guardian"].map(listedPage)
  const originals = await Promise.all(
    pages.map(async (page) => ({ page, html: await bundledHtml(page) })),
  )
  const markup =
    "<table> </table> <tr> <td> </td> <th/rowspan=0> <td/colspan=9999> <h2> </h2> </div> <caption> <!-- --> <script> <i/a='"
  const piece = fc.constantFrom("", "\0", "\ud800", ...markup.split(" "))
  const edit = fc.record({ at: fc.nat(45_000), cut: fc.nat(400), piece })
  fc.assert(
    fc.property(fc.constantFrom(...originals), fc.array(edit), ({ page, html }, edits) => {
      const mutated = edits.reduce((text, { at, cut, piece }) => {
        const start = at % text.length
        return text.slice(0, start) + piece + text.slice(start + cut)
      }, html)
      expect(outcomes).toContain(outcomeOf(page, mutated))
    }),
  )
})

const head = `${heading(3, "Cost")}<table><tr><th>Level</th><th>Cost</th><th>Range</th></tr>`
const row = "<tr><td>1</td><td>2</td><td>3</td></tr>"
const good = `${head}${row}</table>`

type Page = (repeated: string) => string

const after =
  (start: string): Page =>
  (repeated) =>
    wikiPage(start + repeated)

const inCell: Page = (repeated) => wikiPage(`${head}<tr><td>1${repeated}2</td><td>3</td></tr>`)
const beforeContent: Page = (repeated) => repeated + wikiPage(good)

const numbered = (repeated: string): string => {
  let number = 0
  return repeated.replace(/#/g, () => `${++number}`)
}

/** What makes a reader with a loop too many slow, repeated to any length, and the page around it. */
const adversaries: Readonly<Record<string, readonly [string, Page]>> = {
  "spans without bound": ["<tr><td rowspan=999999999 colspan=999999999>1", after(head)],
  "row spans": ["<tr><td rowspan=999999999>1", after(head)],
  "elements never closed": ["<div>", after(head)],
  "end tags of nothing": ["</i>", after(head + "<b>".repeat(900))],
  "tables in tables": ["<table><tr><td>", after("")],
  "columns and rows": [
    "<th>a</th>",
    (repeated) => wikiPage(`<table><tr>${repeated}${repeated.replace(/<th>/g, "<tr><td>")}`),
  ],
  "equal columns": [
    "<th>a</th>",
    (repeated) => wikiPage(`${heading(3, "Cost")}<table><tr>${repeated}${row}`),
  ],
  "equal rows": [row, after(head)],
  rows: [
    "<tr><td>#</td><td>2</td><td>3</td></tr>",
    (repeated) => wikiPage(head + numbered(repeated)),
  ],
  "rows of one level": [
    "<tr><td>1</td><td>#</td><td>3</td></tr>",
    (repeated) => wikiPage(head + numbered(repeated)),
  ],
  tables: [good, after("")],
  headings: [heading(2, "Cost"), after(good)],
  blanks: [" ", inCell],
  "line breaks": ["<br>", inCell],
  "starts of tags": ["<", after("")],
  "quotes never closed": ["<i a='", after(head)],
  "comments never closed": ["<!--", after(head)],
  "scripts never closed": ["<script>", after(head)],
  "content elements never closed": ['<div class="mw-parser-output ', after("")],
  "start tags before the content": ["<a ", beforeContent],
  "blanks before the content": [" ", beforeContent],
  "revision numbers": ['"wgRevisionId" ', beforeContent],
}

// The wiki's own pages have about this length. In the long run, the longest that is accepted.
const longestPage = cases(300_000, wikiFetchLimits.bodyBytes)

describe("a page is read or refused in a time that grows linearly with", () => {
  test.each(Object.entries(adversaries))(
    "%s",
    (_, [unit, page]) => {
      const textOf = (length: number) => page(unit.repeat(Math.floor(length / unit.length)))
      expectLinearTime(textOf, longestPage, (html) => {
        expect(outcomes).toContain(outcomeOf(goldenBot, html))
      })
    },
    patience,
  )
})
