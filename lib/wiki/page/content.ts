import { type DomElement, type DomNode, hasClass, walk } from "./dom.ts"
import { Outline } from "./outline.ts"
import { type SourceTable, TableCollector } from "./table-collector.ts"
import { TextStack } from "./text-stack.ts"
import { isBlanked, isUnseen } from "./unseen.ts"

/** The class of the element that holds what the wiki's authors wrote. */
const contentClass = "mw-parser-output"

/** The start tag of an element that may have that class. */
const contentTag = new RegExp(`<[a-z][^<>]*\\b${contentClass}\\b`, "i")

/**
 * Where the wiki's content starts in a page's HTML, null where it has none: a challenge or an
 * error page. What comes before it, half of a page, is the site's frame.
 */
export const contentStart = (html: string): number | null => contentTag.exec(html)?.index ?? null

/** Elements above or below the line, and the style that puts others there. */
const raisedElements: ReadonlySet<string> = new Set(["sup", "sub", "rt"])
const raisedStyle = /(?:^|;)\s*vertical-align\s*:\s*(?:super|sub)\b/i

const isRaised = (element: DomElement) =>
  raisedElements.has(element.localName) || raisedStyle.test(element.getAttribute("style") ?? "")

/** Elements on lines of their own, which separate words as `br` does. */
const blocks: ReadonlySet<string> = new Set("div p ul ol li dl dt dd hr blockquote pre".split(" "))

/**
 * The tables of a page's content, in document order; null where it has no content element. All text
 * belongs to the innermost cell, caption or heading around it, so that a nested table adds neither
 * rows nor text to the outer one.
 *
 * Headings down to `h6` count: the wiki puts calculators under an `h5` below the heading of a cost
 * table, and they must not pass for tables of that heading.
 */
export function readContent(document: DomNode): readonly SourceTable[] | null {
  const texts = new TextStack()
  const outline = new Outline()
  const collector = new TableCollector()
  let content: DomElement | null = null
  let found = false
  let raised: DomElement | null = null

  const enterContent = (element: DomElement) => {
    if (blocks.has(element.localName)) texts.add(" ")
    if (isRaised(element)) raised ??= element
    switch (element.localName) {
      case "br":
        return texts.add(" ")
      case "span":
        return outline.enterSpan(element)
      case "h2":
      case "h3":
      case "h4":
      case "h5":
      case "h6":
        collector.flawCell("a heading")
        return outline.enterHeading(element, texts)
      case "table":
        return collector.enterTable(element, outline.place, texts)
      case "caption":
        return collector.enterCaption(element, texts)
      case "tr":
        return collector.enterRow(element.parentNode)
      case "td":
      case "th":
        return collector.enterCell(element, texts)
    }
  }

  walk(document, {
    enter: (element) => {
      if (content === null) {
        if (hasClass(element, contentClass)) content = element
        found ||= content !== null
      } else {
        if (isUnseen(element)) return false
        enterContent(element)
        if (hasClass(element, "error")) collector.flawCell("an error message")
        if (isBlanked(element)) texts.open(element, () => {})
      }
      return true
    },
    leave: (element) => {
      texts.close(element)
      if (blocks.has(element.localName)) texts.add(" ")
      if (element === raised) raised = null
      if (element === content) content = null
    },
    text: (text) => {
      if (raised !== null && /\p{Nd}/u.test(text)) collector.flawCell("a raised number")
      texts.add(text)
    },
  })
  return found ? collector.tables : null
}
