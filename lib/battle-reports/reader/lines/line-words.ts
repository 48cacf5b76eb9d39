import { collapseSpaces, isDigit, isSpace } from "../characters.ts"
import { annotationEnd } from "../values/annotation.ts"
import { isMagnitudeWord, longestMagnitudeWord, magnitudeExponent } from "../values/magnitude.ts"
import type { KnownName } from "../vocabulary/known-names.ts"
import { type NameNode, nameTree, wordIn } from "../vocabulary/name-lookup.ts"
import { isWholeValue, startsNumber, type ValueShape } from "../vocabulary/value-shape.ts"

/**
 * A word of a line, and whether more than a single space sets it apart from the next one. What
 * belongs to a value in spite of a blank is part of its word: a share in brackets
 * (`121550 [75.6%]`), the plus of a tournament's tier (`8 +`) and a magnitude (`43.91 T`, `5 Mrd`).
 */
interface Word {
  readonly start: number
  end: number
  readonly isNumber: boolean
  /** The word of a known name it may be, in lower case. */
  readonly known: string | undefined
  gap: Gap
}

/** What follows a word: a single space (or nothing), a run of blanks, or a tab or colon. */
export type Gap = "space" | "wide" | "separator"

/** Words in a section and a label, at most; the limit keeps looking ahead linear. */
export const longestLabel = 12

const tab = 9
const colon = 58
const plus = 43
const openBracket = 91
const upperCaseA = 65

/** A line cut into words. A colon that ends a label (`Tier: 11`, `Tier:11`) is no part of it. */
export class LineWords {
  readonly #text: string
  readonly #words: readonly Word[]

  constructor(text: string) {
    this.#text = text
    this.#words = cutWords(text)
  }

  get length(): number {
    return this.#words.length
  }

  gapAfter(at: number): Gap {
    return this.#words[at]?.gap ?? "space"
  }

  /** Whether a tab, a colon or a run of blanks sets the label that starts at a word off its value. */
  isSetOff(at: number): boolean {
    for (let word = at; word < at + longestLabel && !this.isNumber(word); word++) {
      if (this.gapAfter(word) !== "space") return word + 1 < this.length
    }
    return false
  }

  /** The words from `from` up to `end`, as written, with single spaces. */
  textOf(from: number, end: number): string {
    const first = this.#words[from]
    const last = this.#words[end - 1]
    return first === undefined || last === undefined
      ? ""
      : collapseSpaces(this.#text.slice(first.start, last.end))
  }

  /** Whether the word looks like a number: what separates an unknown label from its value. */
  isNumber(at: number): boolean {
    return this.#words[at]?.isNumber === true
  }

  /** Where the annotation in brackets ends that starts at a word; the word itself if none does. */
  annotationEnd(at: number): number {
    const start = this.#words[at]?.start ?? this.#text.length
    if (this.#text.charCodeAt(start) !== openBracket) return at
    const end = annotationEnd(this.#text, start)
    let after = at
    while (end > start && (this.#words[after]?.start ?? end) < end) after++
    return after
  }

  /** Whether the words from `from` up to `end` are one whole value of a shape. */
  isWholeValue(shape: ValueShape, from: number, end: number): boolean {
    const text = this.textOf(from, end)
    return isWholeValue(shape, text, 0, text.length)
  }

  /** The longest known name that starts at a word; names do not reach across a tab or colon. */
  nameAt(at: number): KnownName | null {
    return this.#longestName(at, Number.POSITIVE_INFINITY)
  }

  /** The longest known name of fewer words than `wordCount`. */
  shorterNameAt(at: number, wordCount: number): KnownName | null {
    return this.#longestName(at, wordCount - 1)
  }

  #longestName(from: number, maximumWords: number): KnownName | null {
    let node: NameNode = nameTree
    let longest: KnownName | null = null
    for (let at = from; at - from < maximumWords; at++) {
      const word = this.#words[at]
      const next = word?.known === undefined ? undefined : node.next.get(word.known)
      if (next === undefined) break
      node = next
      longest = node.name ?? longest
      if (word?.gap === "separator") break
    }
    return longest
  }
}

function cutWords(text: string): readonly Word[] {
  const words: Word[] = []
  let last: Word | undefined
  let start = -1
  const endWord = (end: number) => {
    const isNumber = startsNumber(text, start)
    const known = isNumber ? undefined : wordIn(text, start, end)
    last = { start, end, isNumber, known, gap: "space" }
    words.push(last)
    start = -1
  }
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (last?.isNumber && start < 0 && !isSpace(code)) {
      const end = additionEnd(text, last.end, at)
      if (end > at) {
        last.end = end
        last.gap = "space"
        at = end - 1
        continue
      }
    }
    if (isSpace(code) || (start < 0 && isSeparatorMark(text, at))) {
      if (start >= 0) endWord(at)
      else if (last?.gap === "space") last.gap = "wide"
      if (code === tab && last !== undefined) last.gap = "separator"
    } else if (code === colon && separatesAt(text, at)) {
      if (start >= 0) endWord(at)
      if (last !== undefined) last.gap = "separator"
    } else if (start < 0) start = at
  }
  if (start >= 0) endWord(text.length)
  return words
}

const separatorMarks: ReadonlySet<number> = new Set([..."|•·"].map((mark) => mark.charCodeAt(0)))

/** Whether a mark that some write between fields on one line stands alone where a word may start. */
function isSeparatorMark(text: string, at: number): boolean {
  return (
    separatorMarks.has(text.charCodeAt(at)) &&
    (at + 1 === text.length || isSpace(text.charCodeAt(at + 1)))
  )
}

/**
 * Where an addition to the number that ends at `numberEnd` ends: an annotation, closed or not, a lone
 * plus, or a magnitude. `at` itself if there is none.
 */
function additionEnd(text: string, numberEnd: number, at: number): number {
  const code = text.charCodeAt(at)
  if (code === openBracket) {
    const end = annotationEnd(text, at)
    return end > at ? end : wordEnd(text, at)
  }
  if (code === plus) return wordEnd(text, at) === at + 1 ? at + 1 : at
  if (code < upperCaseA || !isDigit(text.charCodeAt(numberEnd - 1))) return at
  const end = wordEnd(text, at, at + longestMagnitudeWord)
  const word = text.slice(at, end)
  return magnitudeExponent(word, 0) !== undefined || isMagnitudeWord(word) ? end : at
}

/** Where the word ends that starts at a position; further than `limit` if it reaches beyond. */
function wordEnd(text: string, start: number, limit: number = text.length): number {
  let end = start
  while (end < text.length && end <= limit && !isSpace(text.charCodeAt(end))) end++
  return end
}

/** A colon separates label and value unless it is inside a time of day (`21:59`). */
function separatesAt(text: string, at: number): boolean {
  const afterDigit = at > 0 && isDigit(text.charCodeAt(at - 1))
  return !afterDigit || at + 1 === text.length || isSpace(text.charCodeAt(at + 1))
}
