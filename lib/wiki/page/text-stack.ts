import type { DomNode } from "./dom.ts"

/** Marks without any width, pasted along unseen: soft hyphens, zero-width spaces, directions. */
const invisible = /[\u00AD\u200B\u200E\u200F\u2060]/g

/**
 * The text of a cell or heading as it is stored: every run of whitespace, non-breaking included,
 * is one space, none at the ends; marks that cannot be seen are left out. What PostgreSQL cannot
 * store becomes U+FFFD, as in the HTML standard: NUL and halves of surrogate pairs.
 */
export const normaliseText = (text: string): string =>
  text.replace(invisible, "").replace(/\s+/g, " ").trim().replaceAll("\0", "\uFFFD").toWellFormed()

interface OpenText {
  readonly element: DomNode
  readonly pieces: string[]
  readonly end: (text: string) => void
}

/** The elements around the place a walk is at whose text is wanted; text goes to the innermost. */
export class TextStack {
  readonly #open: OpenText[] = []

  /** Collects the text of an element from here on; `end` gets it, normalised, when it ends. */
  open(element: DomNode, end: (text: string) => void): void {
    this.#open.push({ element, pieces: [], end })
  }

  add(text: string): void {
    this.#open.at(-1)?.pieces.push(text)
  }

  /** Ends the element if its text was wanted. */
  close(element: DomNode): void {
    const innermost = this.#open.at(-1)
    if (innermost?.element !== element) return
    this.#open.pop()
    innermost.end(normaliseText(innermost.pieces.join("")))
  }
}
