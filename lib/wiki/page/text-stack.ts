import type { DomNode } from "./dom.ts"

/** Invisible code points: soft hyphens, zero-width spaces, directions, variation selectors. */
const ignorable = /\p{Default_Ignorable_Code_Point}/gu

/**
 * The text of a cell or heading as it is stored: every run of whitespace, non-breaking included,
 * is one space, none at the ends; marks that cannot be seen are left out. What PostgreSQL cannot
 * store becomes U+FFFD, as in the HTML standard: NUL and halves of surrogate pairs.
 */
export const normaliseText = (text: string): string =>
  text.replace(ignorable, "").replace(/\s+/g, " ").trim().replaceAll("\0", "\uFFFD").toWellFormed()

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

  /** Ends the element if its text was wanted, as often as it was opened. */
  close(element: DomNode): void {
    for (
      let innermost = this.#open.at(-1);
      innermost?.element === element;
      innermost = this.#open.at(-1)
    ) {
      this.#open.pop()
      innermost.end(normaliseText(innermost.pieces.join("")))
    }
  }
}
