import { withLineFeeds } from "./characters.ts"

/**
 * What tells two reports of a player apart: the SHA-256, in hexadecimal, of the text with its line
 * breaks as LF and without blanks at its ends.
 */
export function reportChecksum(text: string): string {
  return Bun.CryptoHasher.hash("sha256", withLineFeeds(text).trim(), "hex")
}
