/** Elements that have no content, hence no end tag. */
const voidElements: ReadonlySet<string> = new Set(
  "area base br col embed hr img input link meta param source track wbr".split(" "),
)

/** Elements whose content is text up to their end tag, whatever it looks like. */
const rawTextElements: ReadonlySet<string> = new Set("script style textarea title xmp".split(" "))

/** The start of anything that is not text: a comment, a declaration, an end tag or a start tag. */
const markup = /<(?:(!--)|(!\[CDATA\[)|([!?/])([a-z][^ \t\n\f\r>]*)?|([a-z][^ \t\n\f\r/>]*))/gi

/** One attribute of a start tag with the space before it; a value in quotes may hold anything. */
const attribute =
  /[ \t\n\f\r/]*[^ \t\n\f\r/>][^ \t\n\f\r/>=]*(?:[ \t\n\f\r]*=[ \t\n\f\r]*(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^ \t\n\f\r"'>][^ \t\n\f\r>]*)?)?/y

/** The end of a start tag. */
const tagEnd = /[ \t\n\f\r/]*>/y

/** Where to go on after the next occurrence of `end`, or the end of the page. */
function after(html: string, end: string, from: number): number {
  const found = html.indexOf(end, from)
  return found < 0 ? html.length : found + end.length
}

/** Where a start tag ends that goes on at `from`, and whether it closes itself (`<br />`). */
function readStartTag(html: string, from: number) {
  let attributesEnd = from
  attribute.lastIndex = from
  while (attribute.test(html)) attributesEnd = attribute.lastIndex
  tagEnd.lastIndex = attributesEnd
  const [end] = tagEnd.exec(html) ?? [html.slice(attributesEnd)]
  return { end: attributesEnd + end.length, closesItself: end.includes("/") }
}

/** Where the text of a raw text element ends, before its end tag. */
function afterRawText(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}[ \\t\\n\\f\\r>]`, "gi")
  end.lastIndex = from
  return end.exec(html)?.index ?? html.length
}

/** How a page leaves its elements. */
export interface OpenElements {
  /** Whether more of them than the limit were ever open at once. */
  readonly exceedsLimit: boolean
  /** Whether the first of them was closed, and every table. */
  readonly isFinished: boolean
}

/**
 * Counts the elements that are open at once, reading start and end tags as an HTML parser does but
 * closing nothing by implication: never fewer than the parser has open, so a page within the limit is
 * never nested deeper. Linear, where a parser's time grows with the depth.
 */
export function countOpenElements(limit: number, html: string): OpenElements {
  const open = new Map<string, number>()
  let total = 0
  let first: string | null = null
  let isFirstClosed = false
  const add = (name: string, change: number) => {
    const count = (open.get(name) ?? 0) + change
    open.set(name, count)
    total += change
    if (name === first && count === 0) isFirstClosed = true
  }
  markup.lastIndex = 0
  for (let match = markup.exec(html); match !== null; match = markup.exec(html)) {
    const [start, comment, cdata, sign, endName, startName] = match
    let next = match.index + start.length
    if (comment !== undefined) next = after(html, "-->", match.index + 2)
    else if (cdata !== undefined) next = after(html, "]]>", next)
    else if (startName !== undefined) {
      const name = startName.toLowerCase()
      const { end, closesItself } = readStartTag(html, next)
      next = rawTextElements.has(name) && !closesItself ? afterRawText(html, name, end) : end
      first ??= name
      if (!voidElements.has(name)) add(name, 1)
      if (total > limit) return { exceedsLimit: true, isFinished: false }
    } else {
      const name = endName?.toLowerCase() ?? ""
      if (sign === "/" && (open.get(name) ?? 0) > 0) add(name, -1)
      next = after(html, ">", next)
    }
    markup.lastIndex = next
  }
  const isFinished = isFirstClosed && (open.get("table") ?? 0) === 0
  return { exceedsLimit: false, isFinished }
}
