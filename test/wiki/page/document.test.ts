import { describe, expect, test } from "bun:test"
import * as Result from "effect/Result"
import { readDocument } from "../../../lib/wiki/page/document.ts"
import { heading, newHeading, table, tablesOf, wikiPage } from "../pages.ts"

const url = "https://wiki.test/wiki/Page"
const read = (html: string) => readDocument(url, html)

const problemOf = (html: string) => {
  const { page, problem } = Result.getOrThrow(Result.flip(read(html)))
  return { page, problem }
}

const rowsOf = (content: string) =>
  tablesOf(content).map(({ headers, rows }) => [headers, ...rows.map(({ cells }) => cells)])

describe("a page", () => {
  test("a page without the wiki's content element is no page of the wiki", () => {
    const challenge =
      "<html><body><h1>Just a moment</h1><table><tr><td>1</td></tr></table></body></html>"
    const wanted = { page: url, problem: "it has no content (mw-parser-output)" }
    expect(problemOf(challenge)).toEqual(wanted)
    expect(problemOf("")).toEqual(wanted)
    expect(problemOf('<div class="mw-parser-output-copy">x</div>')).toEqual(wanted)
  })

  test("a page that is cut off is refused, since rows of its tables may be gone", () => {
    const whole = wikiPage(table(["a"], ["1"], ["2"]))
    expect(Result.isSuccess(read(whole))).toBe(true)
    expect(problemOf(whole.slice(0, whole.indexOf("<td>2")))).toEqual({
      page: url,
      problem: "it is cut off within its content",
    })
  })

  test("a page nested deeper than any page of the wiki is refused", () => {
    expect(problemOf(wikiPage("<div>".repeat(2000))).problem).toBe(
      "more than 1000 of its elements are left open",
    )
  })

  test("a page's revision is read from its frame, not from the content that an author writes", () => {
    const revisionOf = (html: string) => Result.getOrThrow(read(html)).revision
    expect(revisionOf(wikiPage("", 4024))).toBe(4024)
    expect(revisionOf(wikiPage("", 0))).toBeNull()
    expect(revisionOf(`<div class="mw-parser-output">"wgRevisionId":5</div>`)).toBeNull()
  })

  test("a page has the tables of its content alone, not those of the frame", () => {
    expect(rowsOf(table(["a"], ["1"]))).toEqual([[["a"], ["1"]]])
    expect(tablesOf("")).toEqual([])
  })
})

describe("cell text", () => {
  const cellOf = (html: string) => rowsOf(table(["h"], [html]))[0]?.[1]?.[0]

  test.each([
    ["\n 1d\u00a0&nbsp; 4h\n", "1d 4h"],
    ["Stones<br>(Damage)", "Stones (Damage)"],
    ["Stones<br />\n<p>(Damage)\n</p>", "Stones (Damage)"],
    ["<b>5</b>.0&times;", "5.0×"],
    ["a &amp; b &lt;c&gt;", "a & b <c>"],
    ['7<sup class="reference" id="r"><a href="#n">[1]</a></sup>', "7"],
    ["10<sup>3</sup>", "103"],
    ["<style>.x{color:red}</style>1<script>alert(2)</script><!-- 3 -->", "1"],
    ['Cost<span class="mw-editsection">[edit]</span>', "Cost"],
    ['<span style="color: red; display:none">005</span>5%', "5%"],
    ['<span style="display: inline">5</span>%', "5%"],
    ["<div>Damage</div><div>x2</div>", "Damage x2"],
    ["5<ul><li>a</li><li><b>b</b>c</li></ul>d", "5 a bc d"],
    ['<img alt="Stone" src="stone.png"><noscript><img alt="Stone"></noscript>7', "7"],
  ])("cell text of %j is %j", (html, text) => {
    expect(cellOf(html)).toBe(text)
  })
})

describe("a page that was saved in a browser", () => {
  test("a page that was saved in a browser has its folded tables, without the links that unfold them", () => {
    const toggle =
      '<span class="mw-collapsible-toggle mw-collapsible-toggle-default"><a>Expand</a></span>'
    const html = `<table class="mw-collapsible mw-collapsed mw-made-collapsible">
      <tr><th>Level</th><th>${toggle}Cost</th></tr>
      <tr style="display: none;"><td>1</td><td>100</td></tr></table>`
    expect(rowsOf(html)).toEqual([
      [
        ["Level", "Cost"],
        ["1", "100"],
      ],
    ])
  })
})

describe("tables", () => {
  test("tables have their spans expanded, headers included", () => {
    const html = `<table>
      <tr><th colspan="2">Pair</th><th>Cost</th></tr>
      <tr><td rowspan="2">1</td><td>a</td><td>5</td></tr>
      <tr><td>b</td><td>6</td></tr></table>`
    expect(rowsOf(html)).toEqual([
      [
        ["Pair", "Pair__2", "Cost"],
        ["1", "a", "5"],
        ["1", "b", "6"],
      ],
    ])
  })

  test.each([
    ['rowspan="0"', ["x", "x", "x"]],
    ['rowspan="1000000000"', ["x", "x", "x"]],
    ['rowspan="two"', ["x", "", ""]],
    ['rowspan="-2"', ["x", "", ""]],
    ['rowspan=" 2rows"', ["x", "x", ""]],
  ])("tables read the span %s as browsers do", (span, column) => {
    const html = `<table><tr><th>a</th><th>b</th></tr>
      <tr><td>1</td><td ${span}>x</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></table>`
    expect(tablesOf(html)[0]?.rows.map(({ cells }) => cells[1] ?? "")).toEqual(column)
  })

  test("a table inside a cell comes after the outer table and adds neither rows nor text to it", () => {
    const inner = table(["in"], ["1"], ["2"])
    const html = table(["a", "b"], ["x", `y${inner}z`], ["v", "w"]) + table(["after"], ["1"])
    expect(rowsOf(html)).toEqual([
      [
        ["a", "b"],
        ["x", "yz"],
        ["v", "w"],
      ],
      [["in"], ["1"], ["2"]],
      [["after"], ["1"]],
    ])
    expect(tablesOf(html).map(({ index }) => index)).toEqual([0, 1, 2])
  })

  test("a table that only lays out other tables has no rows", () => {
    const html = `<table><tr><td>${table(["a"], ["1"])}</td></tr></table>`
    expect(tablesOf(html).map(({ headers }) => headers)).toEqual([[], ["a"]])
  })

  test("tables need no end tags of rows and cells, no row group and no first row tag", () => {
    expect(rowsOf("<table><th>a<th>b<tr><td>1<td>2<tr><td>3</table>")).toEqual([
      [
        ["a", "b"],
        ["1", "2"],
        ["3", ""],
      ],
    ])
  })

  test("a table has its caption", () => {
    const html = "<table><caption>Summon\n <b>Upgrades</b></caption><tr><th>a</th></tr></table>"
    expect(tablesOf(html + table(["b"])).map(({ caption }) => caption)).toEqual([
      "Summon Upgrades",
      null,
    ])
  })
})

describe("headings", () => {
  const placesOf = (content: string) =>
    tablesOf(content).map(({ section, heading }) => [section?.anchor, heading?.anchor])
  const T = table(["a"], ["1"])

  test.each([
    ["of today", heading],
    ["of MediaWiki 1.43", newHeading],
  ])("headings in the markup %s place the tables after them", (_, h) => {
    const content =
      T + h(2, "One") + T + h(3, "Two") + h(4, "Three") + T + h(2, "Four") + T + h(3, "Five") + T
    expect(placesOf(content)).toEqual([
      [undefined, undefined],
      ["One", "One"],
      ["One", "Three"],
      ["Four", "Four"],
      ["Four", "Five"],
    ])
  })

  test("headings have their text without edit links, old anchors and footnote marks", () => {
    const old = `<h2><span id="A.2FB"></span><span class="mw-headline" id="A/B">A/B <i>c</i></span>
      <span class="mw-editsection">[edit]</span></h2>`
    const recent = newHeading(3, "D", "D<sup class='reference'>[1]</sup>")
    expect(tablesOf(old + T + recent + T).map(({ heading }) => heading)).toEqual([
      { anchor: "A/B", text: "A/B c" },
      { anchor: "D", text: "D" },
    ])
  })

  test("a heading of the table of contents does not count", () => {
    const toc = '<div class="toctitle"><h2 id="mw-toc-heading">Contents</h2></div>'
    expect(placesOf(heading(2, "One") + toc + T)).toEqual([["One", "One"]])
  })

  test("a deeper heading separates what is below it from what is above", () => {
    const content = heading(2, "S") + heading(4, "Cost") + T + heading(5, "Calculator") + T
    expect(placesOf(content)).toEqual([
      ["S", "Cost"],
      ["S", "Calculator"],
    ])
  })

  test("a heading in the frame or after the content does not count", () => {
    expect(placesOf(T)).toEqual([[undefined, undefined]])
  })

  test("a heading inside a cell is also the cell's text", () => {
    const [outer, after] = tablesOf(`<table><tr><td>${heading(3, "In")}</td></tr></table>${T}`)
    expect(outer?.headers).toEqual(["In"])
    expect(after?.heading?.anchor).toBe("In")
  })
})
