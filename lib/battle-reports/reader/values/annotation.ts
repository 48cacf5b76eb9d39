/** Anything longer cannot be an annotation; the limit keeps looking for its end linear. */
const longestAnnotation = 40

const openBracket = 91
const closeBracket = 93
const lineFeed = 10

/** Where the annotation ends that starts with the `[` at a position; that position if none does. */
export function annotationEnd(text: string, at: number): number {
  const limit = Math.min(text.length, at + longestAnnotation)
  for (let end = at + 1; end < limit; end++) {
    const code = text.charCodeAt(end)
    if (code === closeBracket) return end + 1
    if (code === openBracket || code === lineFeed) break
  }
  return at
}

/** Where the annotation starts that ends before a position, or null if none does. */
export function annotationStart(text: string, from: number, end: number): number | null {
  if (text.charCodeAt(end - 1) !== closeBracket) return null
  for (let at = end - 2; at > from && at > end - longestAnnotation; at--) {
    if (text.charCodeAt(at) === openBracket) return annotationEnd(text, at) === end ? at : null
  }
  return null
}

/**
 * A value without the annotation in square brackets after it: `121550` of `121550 [75.6%]`, a share
 * of all enemies that the game writes since version 28.3.
 */
export function withoutAnnotation(raw: string): string {
  const start = annotationStart(raw, 0, raw.length)
  return start === null ? raw : raw.slice(0, start).trimEnd()
}
