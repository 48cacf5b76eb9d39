import { type DomElement, hasClass } from "./dom.ts"
import type { TextStack } from "./text-stack.ts"

/** A heading of the page. */
export interface Heading {
  /** The name its section is linked by: `List_of_Cards`. */
  readonly anchor: string
  /** Its text, without edit links. */
  readonly text: string
}

/** The headings a place on the page stands under. */
export interface Place {
  /** The nearest heading before it, of any level. */
  readonly heading: Heading | null
  /** The nearest `h2` before it. */
  readonly section: Heading | null
}

/**
 * Follows the headings of a page. A heading is marked as one by `div.mw-heading` around it, and its
 * `id` is the anchor; or, before MediaWiki 1.43, by `span.mw-headline` in it, which has the `id`.
 * The heading of the table of contents is neither, and no heading of the page.
 */
export class Outline {
  #place: Place = { heading: null, section: null }
  #anchor: string | null = null

  get place(): Place {
    return this.#place
  }

  /** Enters `h2` to `h6`. What it says is also text of the cell it stands in, if any. */
  enterHeading(element: DomElement, texts: TextStack): void {
    const { parentNode } = element
    const marked = parentNode !== null && hasClass(parentNode, "mw-heading")
    this.#anchor = marked ? (element.getAttribute("id") ?? "") : null
    texts.open(element, (text) => {
      texts.add(text)
      if (this.#anchor === null) return
      const heading = { anchor: this.#anchor, text }
      this.#place = { heading, section: element.localName === "h2" ? heading : this.#place.section }
    })
  }

  /** Enters a `span`, which may be the headline of the heading being read. */
  enterSpan(element: DomElement): void {
    if (hasClass(element, "mw-headline")) this.#anchor = element.getAttribute("id") ?? ""
  }
}
