import { type DomElement, hasClass } from "./dom.ts"
import type { TextStack } from "./text-stack.ts"

/** A heading of the page. */
export interface Heading {
  /** The name its section is linked by: `List_of_Cards`. */
  readonly anchor: string
  /** Its text, without edit links. */
  readonly text: string
}

/** The headings above a place on the page. */
export interface Place {
  /** The nearest heading before it, of any level. */
  readonly heading: Heading | null
  /** The nearest `h2` before it. */
  readonly section: Heading | null
  /** The headings of all sections the place is in, the outermost first. */
  readonly path: readonly Heading[]
}

/**
 * Follows the headings of a page. A heading is marked as one by `div.mw-heading` around it, and its
 * `id` is the anchor; or, before MediaWiki 1.43, by `span.mw-headline` in it, which has the `id`.
 * The heading of the table of contents has neither and does not count.
 */
export class Outline {
  #section: Heading | null = null
  #anchor: string | null = null
  readonly #open: { readonly level: number; readonly heading: Heading }[] = []

  get place(): Place {
    const path = this.#open.map(({ heading }) => heading)
    return { heading: path.at(-1) ?? null, section: this.#section, path }
  }

  /** Enters `h2` to `h6`. What it says is also text of the cell it is in, if any. */
  enterHeading(element: DomElement, texts: TextStack): void {
    const { parentNode } = element
    const marked = parentNode !== null && hasClass(parentNode, "mw-heading")
    this.#anchor = marked ? (element.getAttribute("id") ?? "") : null
    texts.open(element, (text) => {
      texts.add(text)
      if (this.#anchor !== null) this.#add(element.localName, { anchor: this.#anchor, text })
    })
  }

  /** Enters a `span`, which may be the headline of the heading being read. */
  enterSpan(element: DomElement): void {
    if (hasClass(element, "mw-headline")) this.#anchor = element.getAttribute("id") ?? ""
  }

  #add(name: string, heading: Heading): void {
    const level = Number(name.slice(1))
    while ((this.#open.at(-1)?.level ?? 0) >= level) this.#open.pop()
    this.#open.push({ level, heading })
    if (level === 2) this.#section = heading
  }
}
