/**
 * A UTF-16 unit's rank among code points. Surrogates stand for code points above all others, but
 * as units they sort below U+E000–U+FFFF: the two ranges change places.
 */
const rank = (unit: number) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

/** Orders strings by code point, which is also the order of their UTF-8 bytes. */
export function compareCodePoints(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  for (let index = 0; index < shared; index++) {
    const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index))
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/**
 * A row as canonical JSON: keys by code point, no spaces, no escapes but JSON's mandatory ones.
 * `JSON.stringify` of a single well-formed string is exactly that, by the language's standard.
 */
export function canonicalJson(row: Readonly<Record<string, string>>): string {
  const members = Object.entries(row)
    .toSorted(([a], [b]) => compareCodePoints(a, b))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
  return `{${members.join(",")}}`
}

/**
 * The identity of a row's content: SHA-256, in hex, of its canonical JSON in UTF-8. It depends on
 * keys and values alone, not on the order of columns.
 */
export const contentHash = (row: Readonly<Record<string, string>>): string =>
  new Bun.CryptoHasher("sha256").update(canonicalJson(row)).digest("hex")
