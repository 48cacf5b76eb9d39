import { withLineFeeds } from "./reader/characters.ts"

// What Python's `strip` takes off, by which existing databases were hashed: unlike JavaScript's `trim`
// it takes the separators U+001C to U+001F and U+0085, and leaves U+FEFF.
const blank =
  "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]"
const leadingBlanks = new RegExp(`^${blank}+`)
const isBlank = new RegExp(blank)

function stripped(text: string): string {
  let end = text.length
  while (end > 0 && isBlank.test(text.charAt(end - 1))) end--
  return text.slice(0, end).replace(leadingBlanks, "")
}

/**
 * What tells two reports of a player apart: the SHA-256, in hexadecimal, of the text with its line
 * breaks as LF and without blanks at its ends.
 */
export function reportChecksum(text: string): string {
  return Bun.CryptoHasher.hash("sha256", stripped(withLineFeeds(text)), "hex")
}
