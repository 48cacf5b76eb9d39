import { classesOf, type DomElement, hasClass } from "./dom.ts"

/** Elements whose content no reader of the page sees, or sees struck out. */
const unseenElements: ReadonlySet<string> = new Set(
  "style script template noscript s del strike rp figcaption svg iframe object audio video".split(
    " ",
  ),
)

/** Classes of what is not text of the page: links to edit, keys to sort by, captions, words read aloud. */
const unseenClasses: ReadonlySet<string> = new Set([
  "mw-editsection",
  "mw-collapsible-toggle",
  "sortkey",
  "thumbcaption",
  "gallerytext",
  "lightbox-caption",
  "sr-only",
  "visually-hidden",
  "visuallyhidden",
])

/** Classes of what shows only while the pointer rests on a word. */
const tooltipClass = /(?:^|[_-])tooltip-?(?:contents?|text|body)$/i

const notDisplayed =
  /(?:^|;)\s*(?:display\s*:\s*none\b|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:[;!]|$))/i
const invisible =
  /(?:^|;)\s*(?:visibility\s*:\s*(?:hidden|collapse)\b|opacity\s*:\s*0(?:\.0+)?\s*(?:[;!]|$))/i

const struck = /(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*\bline-through\b/i

/** Parts of a page that it can fold as a whole. */
const folding: ReadonlySet<string> = new Set(
  "div p ul ol li dl dt dd section table thead tbody tfoot tr td th".split(" "),
)

const isCollapsible = (element: DomElement) => hasClass(element, "mw-collapsible")

function isWithinCollapsible(element: DomElement): boolean {
  for (let around = element.parentNode; around !== null; around = around.parentNode)
    if (hasClass(around, "mw-collapsible")) return true
  return false
}

/** Whether a page that was saved in a browser hides this only until a reader unfolds it. */
const isFolded = (element: DomElement) =>
  folding.has(element.localName) && (isCollapsible(element) || isWithinCollapsible(element))

function isHidden(element: DomElement): boolean {
  const hides =
    element.getAttribute("hidden") !== null ||
    notDisplayed.test(element.getAttribute("style") ?? "")
  return hides && !isFolded(element)
}

const isUnseenClass = (name: string, { localName }: DomElement): boolean =>
  unseenClasses.has(name) ||
  tooltipClass.test(name) ||
  (name === "reference" && localName === "sup")

/** Whether a reader of the page does not see an element, and neither a place where it would be. */
export const isUnseen = (element: DomElement): boolean =>
  unseenElements.has(element.localName) ||
  classesOf(element).some((name) => isUnseenClass(name, element)) ||
  element.getAttribute("role") === "tooltip" ||
  struck.test(element.getAttribute("style") ?? "") ||
  isHidden(element)

/** Whether a reader sees the place of an element, and nothing in it. */
export const isBlanked = (element: DomElement): boolean =>
  invisible.test(element.getAttribute("style") ?? "")
