import { describe, expect, test } from "bun:test"
import { table, tablesOf } from "../pages.ts"

const cellOf = (html: string) => tablesOf(table(["h"], [html]))[0]?.rows[0]?.cells[0]

describe("what no reader sees", () => {
  test.each([
    "<s>9</s>",
    "<del>9</del>",
    "<strike>9</strike>",
    '<b hidden="">9</b>',
    '<div hidden="">9</div>',
    '<b style="color:red; display : none">9</b>',
    '<div style="display:none">9</div>',
    '<b style="visibility:hidden">9</b>',
    '<b style="font-size:0px">9</b>',
    '<b style="color:red;text-decoration: underline line-through">9</b>',
    '<b style="text-decoration-line:line-through">9</b>',
    "<ruby><rp>9</rp></ruby>",
    '<b style="opacity:0.0;color:red">9</b>',
    '<span class="sr-only">9</span>',
    '<span class="tooltip-contents">9</span>',
    '<span class="tooltiptext">9</span>',
    '<span role="tooltip">9</span>',
    "<template>9</template>",
    '<span class="sortkey">9</span>',
    "<figure><img><figcaption>9</figcaption></figure>",
    '<div class="thumbcaption">9</div>',
    "\u00ad\u200b\u200d\u2060\ufeff\ufe0f\u{e0001}",
  ])("%j is not text of the cell", (html) => {
    expect(cellOf(`5${html}`)).toBe("5")
  })

  test.each([
    ["<ins>5</ins>", "5"],
    ['<span class="advanced-tooltip">5<span class="tooltip-contents">9</span></span>', "5"],
    ['<b style="visibility:visible">5</b>', "5"],
    ['<b style="font-size:0.9em;opacity:0.8">5</b>', "5"],
  ])("%j is %j to a reader", (html, text) => {
    expect(cellOf(html)).toBe(text)
  })

  test("a cell with its text made invisible keeps its place", () => {
    const html = `<table><tr><th>a</th><th>b</th></tr>
      <tr><td style="visibility:hidden">1</td><td>2</td></tr></table>`
    expect(tablesOf(html)[0]?.rows.map(({ cells }) => cells)).toEqual([["", "2"]])
  })

  test("a hidden row is no row, unless the page only folds it", () => {
    const rows = (name: string) =>
      tablesOf(`<table class="${name}"><tr><th>a</th></tr>
        <tr style="display:none"><td>1</td></tr><tr hidden="until-found"><td>2</td></tr></table>`)[0]
        ?.rows.length
    expect(rows("fandom-table")).toBe(0)
    expect(rows("mw-collapsible fandom-table")).toBe(2)
  })
})

test("a row group ends every cell that reaches down from the one above", () => {
  const html = `<table><thead><tr><th rowspan="9">a</th><th>b</th></tr></thead>
    <tbody><tr><td rowspan="0">1</td><td>2</td></tr><tr><td>3</td></tr></tbody>
    <tfoot><tr><td>4</td><td>5</td></tr></tfoot></table>`
  expect(tablesOf(html)[0]?.rows.map(({ cells }) => cells)).toEqual([
    ["1", "2"],
    ["1", "3"],
    ["4", "5"],
  ])
})
