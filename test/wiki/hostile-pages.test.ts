import { expect, test } from "bun:test"
import * as Result from "effect/Result"
import fc from "fast-check"
import { scrapePage } from "../../lib/wiki/scrape.ts"
import { bundledHtml, heading, listedPage, wikiPage } from "./pages.ts"

const goldenBot = listedPage("Golden_Bot")

/** How a page ends up that may hold anything. */
function outcomeOf(page: typeof goldenBot, html: string): string {
  const result = scrapePage(page, html)
  return Result.isSuccess(result) ? "read" : result.failure._tag
}

const outcomes = ["read", "NotAWikiPage", "TableNotFound"]

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

/** Time that grew with the square of these lengths would be minutes. */
const timeLimit = 15_000

test.each([
  ["spans without bound", head + "<tr><td rowspan=999999999 colspan=999999999>1".repeat(40_000)],
  ["elements never closed", head + "<div>".repeat(400_000)],
  ["end tags of nothing", head + "<b>".repeat(900) + "</i>".repeat(200_000)],
  ["tables in tables", "<table><tr><td>".repeat(200_000)],
  [
    "columns and rows",
    `<table><tr>${"<th>a</th>".repeat(40_000)}${"<tr><td>1</td></tr>".repeat(40_000)}`,
  ],
  ["equal rows", head + "<tr><td>1</td><td>2</td><td>3</td></tr>".repeat(20_000)],
  ["starts of tags", "<".repeat(500_000)],
  ["quotes never closed", head + "<i a='".repeat(100_000)],
  ["comments never closed", head + "<!--".repeat(200_000)],
  ["content elements never closed", '<div class="mw-parser-output '.repeat(60_000)],
])(
  "a page of nothing but %s is read or refused in a time that grows with its length",
  (_, content) => {
    expect(outcomes).toContain(outcomeOf(goldenBot, wikiPage(content)))
  },
  timeLimit,
)
