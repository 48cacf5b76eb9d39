import type { DomNode } from "./dom.ts"
import { normaliseText } from "./text.ts"

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
