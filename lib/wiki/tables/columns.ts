import { writtenHeader } from "../page/table-headers.ts"

/** What the wiki calls each currency in a header. */
export const currencyWords = {
  stones: ["stone", "stones"],
  bits: ["bit", "bits"],
  medals: ["medal", "medals"],
  gems: ["gem", "gems"],
} as const

/** Words that make a header one of costs: what is paid, or that something is. */
const costWords: ReadonlySet<string> = new Set([
  ...["cost", "costs", "price"],
  ...Object.values(currencyWords).flat(),
])

/** Headers of columns that only say which row it is. */
const identityHeaders: ReadonlySet<string> = new Set("level star tier name entity".split(" "))

/** A header as compared: as written, in lower case. */
const compared = (header: string) => writtenHeader(header).toLowerCase()

/** The first header of this name, whatever its case. */
export const headerNamed = (headers: readonly string[], name: string): string | undefined =>
  headers.find((header) => compared(header) === name.toLowerCase())

/** Whether a table has a column of this name, whatever its case. */
export const hasColumn = (headers: readonly string[], name: string): boolean =>
  headerNamed(headers, name) !== undefined

/** Whether a column holds costs or amounts of a currency: `Stones (Damage)`, `Gem Cost`, `Bits`. */
export const isCostColumn = (header: string): boolean =>
  (compared(header).match(/[a-z]+/g) ?? []).some((word) => costWords.has(word))

/** Whether a column holds values: it neither says which row it is nor holds costs. */
export const isValueColumn = (header: string): boolean =>
  !identityHeaders.has(compared(header)) && !isCostColumn(header)

/** The header of the column that names a row: `Name`, else `Card`, else the first. */
export const nameHeader = (headers: readonly string[]): string | undefined =>
  headerNamed(headers, "Name") ?? headerNamed(headers, "Card") ?? headers[0]
