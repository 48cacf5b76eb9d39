import { escapeControls } from "../terminal/control-characters.ts"

/** Markup that goes into a page as it is. Only this module and the pictures make any. */
export interface Html {
  readonly markup: string
}

export type Content = Html | string | number | null | readonly Content[]

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

const escapeText = (text: string): string =>
  escapeControls(text).replace(/[&<>"']/g, (character) => entities[character] ?? character)

const markupOf = (content: Content): string => {
  if (content === null) return ""
  if (typeof content === "string" || typeof content === "number") return escapeText(String(content))
  return "markup" in content ? content.markup : content.map(markupOf).join("")
}

/** Markup with contents put in, in text or in quoted attributes; whatever is no markup is escaped. */
export const html = (strings: TemplateStringsArray, ...contents: readonly Content[]): Html => ({
  markup: strings.reduce(
    (before, after, at) => `${before}${markupOf(contents[at - 1] ?? null)}${after}`,
  ),
})

/** What somebody outside has written: its direction must not turn around what is beside it. */
export const written = (text: string): Html => html`<bdi>${text}</bdi>`

/** A link, where the address is one that a browser may follow; else the text alone. */
export const link = (address: string | null, text: Content): Html => {
  const protocol = address === null ? null : URL.parse(address)?.protocol
  return protocol === "https:" || protocol === "http:"
    ? html`<a href="${address}" rel="noreferrer">${text}</a>`
    : html`${text}`
}

/** A day, or a minute of one, which no line ends within. */
export const moment = (time: string): Html => html`<time>${time}</time>`

const grouped = new Intl.NumberFormat("en-US")

/** A count with its digits grouped. */
export const count = (number: number): string => grouped.format(number)

/** A count of things: `1 run`, `2,000 runs`. */
export const countOf = (number: number, thing: string, things = `${thing}s`): string =>
  `${count(number)} ${number === 1 ? thing : things}`

/** A column of a table, and what each row has in it. */
export interface Column<Row> {
  readonly name: string
  readonly isNumeric?: boolean
  readonly cell: (row: Row) => Content
}

const classes = (...names: readonly (string | null)[]): Html => {
  const given = names.filter((name) => name !== null)
  return given.length === 0 ? html`` : html` class="${given.join(" ")}"`
}

/** A table with its caption; with `stacks`, each row becomes a list where the page is narrow. */
export const table = <Row>(
  caption: Content,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { stacks = false }: { readonly stacks?: boolean } = {},
): Html => {
  // A table that is laid out as something else is one to screen readers by its roles alone.
  const role = (name: string): Html => (stacks ? html` role="${name}"` : html``)
  const isNumeric = columns.every((column) => column.isNumeric === true)
  const alignment = (column: Column<Row>): Html =>
    classes(column.isNumeric === true && !isNumeric ? "number" : null)
  const cell = (row: Row) => (column: Column<Row>) => {
    const label = stacks ? html` data-label="${column.name}"` : html``
    return html`<td${role("cell")}${label}${alignment(column)}>${column.cell(row)}</td>`
  }
  const heading = (column: Column<Row>) =>
    html`<th scope="col"${role("columnheader")}${alignment(column)}>${column.name}</th>`
  return html`<table${classes(stacks ? "stacks" : null, isNumeric ? "numbers" : null)}${role("table")}>
<caption>${caption}</caption>
<thead${role("rowgroup")}><tr${role("row")}>${columns.map(heading)}</tr></thead>
<tbody${role("rowgroup")}>${rows.map((row) => html`<tr${role("row")}>${columns.map(cell(row))}</tr>\n`)}</tbody>
</table>`
}

/** A section of the page, or of one of its sections, with its heading. */
export const section = (id: string, heading: Content, ...contents: readonly Content[]): Html =>
  html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${heading}</h2>
${contents}
</section>`

/** What is said where there is nothing to show. */
export const nothing = (...contents: readonly Content[]): Html =>
  html`<p class="nothing">${contents}</p>`
