import * as fc from "fast-check"

/** The header row of an upgrade table: a value and what it costs, and no table of the laboratory. */
export const upgradeHeader = /^(?!.*(?:Time|UW\+)).*(?:Cost|Stones|Bits)/s

/** A page's HTML around the rows of one of its tables, and the rows' cells. */
export interface TablePage {
  readonly before: string
  /** Cells of the header and of all rows below it, as written between their tags. */
  readonly rows: readonly (readonly string[])[]
  readonly after: string
}

const tableRow = /<tr>(?:<t[hd][^>]*>.*?<\/t[hd]>)+<\/tr>/gs
const tableCell = /<t[hd]([^>]*)>(.*?)<\/t[hd]>/gs

const openTag = (row: number, attributes = "") => `<${row === 0 ? "th" : "td"}${attributes}>`
const closeTag = (row: number) => (row === 0 ? "</th>" : "</td>")

/** Takes a page apart at the n-th of its tables whose header has these words; null without one. */
export function takeApart(html: string, header: RegExp, nth: number): TablePage | null {
  const tables = [...html.matchAll(/<table\b[^>]*>.*?<\/table>/gs)].filter(([table]) =>
    header.test(/<tr>.*?<\/tr>/s.exec(table)?.[0] ?? ""),
  )
  const found = tables[nth % Math.max(1, tables.length)]
  if (found === undefined) return null
  const [table] = found
  const rows = [...table.matchAll(tableRow)]
  const [first] = rows
  const last = rows.at(-1)
  if (first === undefined || last === undefined) return null
  return {
    before: html.slice(0, found.index + first.index),
    rows: rows.map(([row]) =>
      [...row.matchAll(tableCell)].map(([, attributes = "", text = ""]) =>
        attributes === "" ? text : `\0${attributes}\0${text}`,
      ),
    ),
    after: html.slice(found.index + last.index + last[0].length),
  }
}

function cellHtml(row: number, cell: string): string {
  const [, attributes = "", text = cell] = /^\0([^\0]*)\0(.*)$/s.exec(cell) ?? []
  return `${openTag(row, attributes)}${text}${closeTag(row)}`
}

/** The page again, with the marks between some rows left out. */
export const putTogether = (page: TablePage, withoutMark: number | null = null): string =>
  page.before +
  page.rows
    .map((cells, row) => {
      const start = row === withoutMark ? "" : "<tr>"
      const end = row + 1 === withoutMark ? "" : "</tr>"
      return start + cells.map((cell) => cellHtml(row, cell)).join("") + end
    })
    .join("") +
  page.after

const hiddenText = [
  "<s>9</s>",
  '<span style="text-decoration:line-through">9</span>',
  "<del>9</del>",
  '<span hidden="">9</span>',
  '<span style="display:none">9</span>',
  '<b style="visibility:hidden">9</b>',
  '<span style="font-size:0">9</span>',
  '<i style="opacity: 0">9</i>',
  '<span class="sr-only">9</span>',
  '<span class="tooltip-contents">9</span>',
  "<template>9</template>",
  '<sup class="reference">[9]</sup>',
  '<span class="sortkey">9</span>',
  "\u200b",
  "\u{e0001}",
  "\ufe0f",
]

const visibleText = [
  " (was 9)",
  "Template:NoSuch",
  " [citation needed]",
  "???",
  "<sup>9</sup>",
  "N/A",
  '<strong class="error">Expression error: Unrecognized word.</strong>',
  '<strong class="error">9</strong>',
  '<span style="vertical-align:super">9</span>',
  "<h3>Labs</h3>",
  "<table><tr><td>9</td></tr></table>",
  " 9 and 8",
  "9-10",
]

/** The place of a row or column: any, modulo how many there are; -1 is the last. */
const place = fc.oneof(
  { weight: 4, arbitrary: fc.nat() },
  { weight: 1, arbitrary: fc.constant(-1) },
)

/** One slip of an editor's, by its kind. */
export const slip = fc.oneof(
  fc.record({ kind: fc.constant("delete a row"), row: place }),
  fc.record({ kind: fc.constant("empty a cell"), row: place, column: place }),
  fc.record({ kind: fc.constant("drop a row mark"), row: place }),
  fc.record({
    kind: fc.constant("add a cell"),
    row: place,
    column: place,
    text: fc.constantFrom("", "9", "x"),
  }),
  fc.record({
    kind: fc.constant("insert hidden text"),
    row: place,
    column: place,
    text: fc.constantFrom(...hiddenText),
  }),
  fc.record({
    kind: fc.constant("insert visible text"),
    row: place,
    column: place,
    text: fc.constantFrom(...visibleText),
  }),
  fc.record({
    kind: fc.constant("add a total"),
    text: fc.constantFrom(
      "Total cost",
      "Total Stones",
      "Total: 295",
      "Sum",
      "Subtotal",
      "Grand total",
    ),
  }),
  fc.record({
    kind: fc.constant("add a note"),
    row: place,
    column: place,
    text: fc.constantFrom("nerfed in v22", "since v25", "see below"),
  }),
  fc.record({ kind: fc.constant("split a cell"), row: place, column: place, at: fc.nat() }),
  fc.record({
    kind: fc.constant("merge cells"),
    row: place,
    column: place,
    between: fc.constantFrom("", " ", "colspan"),
  }),
  fc.record({
    kind: fc.constant("mark a level"),
    row: place,
    text: fc.constantFrom("*", " (MAX)", "-9", ".5"),
  }),
  fc.record({
    kind: fc.constant("rename a heading"),
    nth: fc.nat(),
    text: fc.constantFrom("Prices", "Amplify_Bot", "Ally_Chip", "Cost_2", "Attack"),
  }),
  fc.record({ kind: fc.constant("swap two rows"), row: place }),
  fc.record({ kind: fc.constant("swap two values"), row: place, column: place }),
  fc.record({ kind: fc.constant("paste a row again"), row: fc.nat() }),
  fc.record({ kind: fc.constant("close the table early"), row: place }),
  fc.record({
    kind: fc.constant("change a unit"),
    row: place,
    column: place,
    text: fc.constantFrom("", "%", "s", "m", "#"),
  }),
  fc.record({ kind: fc.constant("redirect"), other: fc.nat() }),
  fc.record({ kind: fc.constant("put another's table in its place"), other: fc.nat() }),
  fc.record({ kind: fc.constant("merge pages"), other: fc.nat(), isFirst: fc.boolean() }),
)

export type Slip = typeof slip extends fc.Arbitrary<infer S> ? S : never

const replaced = <A>(list: readonly A[], at: number, ...items: readonly A[]) => [
  ...list.slice(0, at),
  ...items,
  ...list.slice(at + 1),
]

const withRow = (page: TablePage, row: number, cells: readonly string[]): TablePage => ({
  ...page,
  rows: replaced(page.rows, row, cells),
})

/** The title of a page, and a heading of its name. */
const headingOf = (html: string) => {
  const [, title = ""] = /"wgPageName":"([^"]*)"/.exec(html) ?? []
  return `<h2><span class="mw-headline" id="${title}">${title.replaceAll("_", " ")}</span></h2>`
}

/** The page with another's rows below a heading with the other's name, as after a merge gone wrong. */
function takenOver(page: TablePage, other: string): string {
  const rows = takeApart(other, upgradeHeader, 0)?.rows ?? page.rows
  const heading = page.before.search(/<h[2-6]>(?:(?!<h[2-6]>).)*$/s)
  return putTogether({
    ...page,
    rows,
    before: page.before.slice(0, heading) + headingOf(other) + page.before.slice(heading),
  }).replace(/"wgPageName":"[^"]*"/, '"wgPageName":"Merged"')
}

/**
 * The HTML of a page after a slip in the table it is taken apart at.
 *
 * @param other another page of the same kind
 */
export function slipped(page: TablePage, slip: Slip, other: string): string {
  const at = (place: number, count: number) => (place < 0 ? count - 1 : place % count)
  const row = "row" in slip ? 1 + at(slip.row, page.rows.length - 1) : 0
  const cells = page.rows[row] ?? []
  const column = "column" in slip ? at(slip.column, cells.length) : 0
  const cell = cells[column] ?? ""
  switch (slip.kind) {
    case "delete a row":
      return putTogether({ ...page, rows: page.rows.toSpliced(row, 1) })
    case "empty a cell":
      return putTogether(withRow(page, row, replaced(cells, column, "")))
    case "drop a row mark":
      return putTogether(page, row)
    case "add a cell":
      return putTogether(
        withRow(page, row, [...cells.slice(0, column), slip.text, ...cells.slice(column)]),
      )
    case "insert hidden text":
    case "insert visible text":
      return putTogether(withRow(page, row, replaced(cells, column, cell + slip.text)))
    case "add a total": {
      const values = (page.rows[0] ?? []).map((_, at) => (at % 2 === 1 ? "99" : ""))
      return putTogether({ ...page, rows: [...page.rows, replaced(values, 0, slip.text)] })
    }
    case "add a note": {
      const note = replaced(
        cells.map(() => ""),
        column,
        slip.text,
      )
      return putTogether({
        ...page,
        rows: [...page.rows.slice(0, row), note, ...page.rows.slice(row)],
      })
    }
    case "split a cell": {
      const at = slip.at % (cell.length + 1)
      return putTogether(
        withRow(page, row, replaced(cells, column, cell.slice(0, at), cell.slice(at))),
      )
    }
    case "merge cells": {
      const next = cells[column + 1]
      // An empty cell across two columns says that both have ended, which is no slip.
      if (next === undefined || (cell === "" && slip.between === "colspan"))
        return putTogether(page)
      const merged =
        slip.between === "colspan" ? `\0 colspan="2"\0${cell}` : cell + slip.between + next
      return putTogether(
        withRow(page, row, [...cells.slice(0, column), merged, ...cells.slice(column + 2)]),
      )
    }
    case "swap two rows": {
      const next = page.rows[row + 1]
      if (next === undefined) return putTogether(page)
      return putTogether({ ...page, rows: page.rows.toSpliced(row, 2, next, cells) })
    }
    case "swap two values": {
      // A row has a level, a cost and then its values, or pairs of a value and its cost.
      const first = page.rows[0]?.[0] === "Level" ? 2 + (column % 3) : column - (column % 2)
      const second = page.rows[0]?.[0] === "Level" ? first + 1 : first + 2
      if (second >= cells.length) return putTogether(page)
      const swapped = cells.with(first, cells[second] ?? "").with(second, cells[first] ?? "")
      return putTogether(withRow(page, row, swapped))
    }
    case "paste a row again": {
      // In the midst: one more row at the end may be a level that the game has gained.
      const above = 1 + (slip.row % Math.floor(page.rows.length / 2))
      const pasted = page.rows[above] ?? []
      const edited = pasted.map((text, at) => (at === 1 ? `${text}9` : text))
      return putTogether({ ...page, rows: page.rows.toSpliced(above, 0, edited) })
    }
    case "close the table early": {
      const { before, rows } = page
      const rest = { before: "</tbody></table><table><tbody>", rows: [[], ...rows.slice(row)] }
      return (
        putTogether({ before, rows: rows.slice(0, row), after: "" }) +
        putTogether({ ...rest, after: page.after }).replace("<tr></tr>", "")
      )
    }
    case "change a unit": {
      const [, before = "", number = "", after = ""] = /^(.*?)(\d[\d.,]*)(.*)$/.exec(cell) ?? []
      if (number === "" || before + after === slip.text) return putTogether(page)
      return putTogether(withRow(page, row, replaced(cells, column, number + slip.text)))
    }
    case "mark a level":
      if (page.rows[0]?.[0] !== "Level") return putTogether(page)
      return putTogether(withRow(page, row, replaced(cells, 0, `${cells[0] ?? ""}${slip.text}`)))
    case "rename a heading": {
      const html = putTogether(page)
      const headings = [...html.matchAll(/<span class="mw-headline" id="[^"]*">[^<]*</g)]
      const found = headings[slip.nth % Math.max(1, headings.length)]
      return found === undefined
        ? html
        : html.slice(0, found.index) +
            `<span class="mw-headline" id="${slip.text}">${slip.text.replaceAll("_", " ")}<` +
            html.slice(found.index + found[0].length)
    }
    case "redirect":
      return other
    case "put another's table in its place":
      return takenOver(page, other)
    case "merge pages": {
      const [table = ""] = /<h3[^>]*>(?:(?!<\/h3>).)*id="Cost".*?<\/table>/s.exec(other) ?? []
      const merged = putTogether(page).replace(/"wgPageName":"[^"]*"/, '"wgPageName":"Bots"')
      if (slip.isFirst)
        return merged.replace(
          '<h3><span class="mw-headline" id="Cost">',
          (own) => `${table}${own.replace("Cost", "Cost_2")}`,
        )
      const added = table.replace('id="Cost"', 'id="Cost_2"')
      return merged.replace(/<h2>(?=<span class="mw-headline" id="Labs")/, (labs) => added + labs)
    }
  }
}
