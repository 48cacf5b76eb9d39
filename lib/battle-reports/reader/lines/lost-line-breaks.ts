import { spelledNames } from "../vocabulary/name-lookup.ts"

// Nearly every label begins with a capital and a small letter; the others are looked up.
const unusualNames = spelledNames
  .filter((name) => !/^\p{Lu}\p{Ll}/u.test(name))
  .map((name) => RegExp.escape(name))

/** Where a value or name ends and, without anything in between, a name begins (`17.55MTier`). */
const seam = new RegExp(
  `(?<=[\\p{Ll}\\d%+\\]]|\\d\\p{Lu})(?=${[`\\p{Lu}\\p{Ll}(?!\\p{Lu})`, ...unusualNames].join("|")})`,
  "gu",
)

/**
 * Whether a heading that ends at `end` runs straight into a name, as it does in a text whose line
 * breaks were deleted and not replaced (`Battle ReportBattle Date`).
 */
export function runsIntoName(text: string, end: number): boolean {
  return /^\p{Ll}\p{Lu}$/u.test(text.slice(end - 1, end + 1))
}

/** Breaks lines again where they were deleted: at every seam between a field and the next name. */
export function restoreLineBreaks(text: string): string {
  return text.replace(seam, "\n")
}
