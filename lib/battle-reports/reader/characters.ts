/**
 * Whether a UTF-16 code unit separates words: ASCII space and control characters, and the blanks
 * that copying from a web page or a chat brings along (no-break spaces, byte-order mark, marks of
 * the writing direction).
 */
export function isSpace(code: number): boolean {
  return code <= 32 || (code > 126 && isRareSpace(code))
}

function isRareSpace(code: number): boolean {
  return (
    (code >= 0x7f && code <= 0xa0) ||
    (code >= 0x2000 && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202f) ||
    (code >= 0x205f && code <= 0x206f) ||
    code === 0x061c ||
    code === 0x3000 ||
    code === 0xfeff
  )
}

/** The offset of the first character from `start` up to `end` that is no blank; `end` if none is. */
export function skipSpaces(text: string, start: number, end: number): number {
  let at = start
  while (at < end && isSpace(text.charCodeAt(at))) at++
  return at
}

/** Whether a UTF-16 code unit is an ASCII digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** A letter's code with this bit is that of the small letter, as far as ASCII goes. */
const smallLetter = 32

/** Whether small ASCII letters are at a position of a text, in either case. */
export function hasLettersAt(text: string, start: number, letters: string): boolean {
  for (let index = 0; index < letters.length; index++) {
    if ((text.charCodeAt(start + index) | smallLetter) !== letters.charCodeAt(index)) return false
  }
  return true
}

/** Whether a text has both capital and small ASCII letters. */
export function hasBothCases(text: string): boolean {
  let hasCapital = false
  let hasSmall = false
  for (let at = 0; at < text.length && !(hasCapital && hasSmall); at++) {
    const code = text.charCodeAt(at)
    hasCapital ||= code >= 65 && code <= 90
    hasSmall ||= code >= 97 && code <= 122
  }
  return hasCapital && hasSmall
}

/** The text with every run of blanks written as one space, and none at its ends. */
export function collapseSpaces(text: string): string {
  return isCollapsed(text) ? text : wordsOf(text).join(" ")
}

function isCollapsed(text: string): boolean {
  let afterSpace = true
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const space = isSpace(code)
    if (space && (afterSpace || code !== 32)) return false
    afterSpace = space
  }
  return !afterSpace || text.length === 0
}

function wordsOf(text: string): readonly string[] {
  const words: string[] = []
  let start = -1
  for (let at = 0; at < text.length; at++) {
    if (isSpace(text.charCodeAt(at))) {
      if (start >= 0) words.push(text.slice(start, at))
      start = -1
    } else if (start < 0) start = at
  }
  if (start >= 0) words.push(text.slice(start))
  return words
}

/** The text with CRLF and CR line breaks written as LF. */
export function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text
}
