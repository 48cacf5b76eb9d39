/** A spelling and what it stands for. */
export interface Spelling<A> {
  readonly text: string
  readonly value: A
}

/** Enough slots that few spellings share one; a power of two. */
const slotCount = 1024

/**
 * Finds spellings inside a longer text without cutting them out: a map keyed by substrings would
 * allocate and hash each of them, which is most of the cost of reading a report.
 */
export class SpellingTable<A> {
  readonly #slots: readonly (readonly Spelling<A>[])[]

  constructor(spellings: Iterable<Spelling<A>>) {
    const slots: Spelling<A>[][] = Array.from({ length: slotCount }, () => [])
    for (const spelling of spellings) {
      slots[slotOf(spelling.text, 0, spelling.text.length)]?.push(spelling)
    }
    this.#slots = slots
  }

  /** The spelling that is in the text from `start` up to `end`, exactly. */
  find(text: string, start: number, end: number): Spelling<A> | undefined {
    const candidates = this.#slots[slotOf(text, start, end)]
    if (candidates === undefined) return undefined
    for (const candidate of candidates) {
      if (candidate.text.length === end - start && text.startsWith(candidate.text, start)) {
        return candidate
      }
    }
    return undefined
  }
}

function slotOf(text: string, start: number, end: number): number {
  let hash = 0
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return (hash ^ (hash >>> 10)) & (slotCount - 1)
}
