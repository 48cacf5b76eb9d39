import { isDigit } from "../characters.ts"

/** Whether a text has a comma between two digits anywhere. Without one its decimal sign is a point. */
export function mayHaveDecimalCommas(text: string): boolean {
  for (let at = text.indexOf(","); at >= 0; at = text.indexOf(",", at + 1)) {
    if (isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1))) return true
  }
  return false
}

/** Anything longer is no number of the game. */
const longestNumber = 60

/** The number of a quantity, and the share behind it. A version (`28.3.1`) is neither. */
const quantity = /^[-+]?[$x×]?(\d+(?:[.,]\d+)*)[a-z%]{0,3}(?: ?\[(\d+(?:[.,]\d+)*) ?%\])?$/i

/**
 * Whether the numbers of a report are written with a decimal comma (`43,91T`), as on devices set to
 * most languages. The game never groups digits, and its fractions have two digits, one in a share: so
 * a comma before one or two digits, and no point in any number, decides for the whole report.
 *
 * @param values the report's values as written, dates left out
 */
export function hasDecimalCommas(values: Iterable<string>): boolean {
  let hasFraction = false
  for (const value of values) {
    if (value.length > longestNumber) continue
    for (const number of quantity.exec(value)?.slice(1) ?? []) {
      if (number === undefined) continue
      if (/^[\d,]+\.\d+$/.test(number)) return false
      hasFraction ||= /^\d+,\d{1,2}$/.test(number)
    }
  }
  return hasFraction
}

/**
 * A number as a report with or without decimal commas writes it, with a point as its decimal sign;
 * `null` for one that is not written as the game writes fractions, of which nobody can say what its
 * sign means.
 */
export function withDecimalPoint(text: string, decimalCommas: boolean): string | null {
  if (!decimalCommas) return mayGroupByPoint(text) ? null : text
  const at = text.indexOf(",")
  if (at < 0) return text
  const fraction = /^\d{1,2}(?![\d,])/.test(text.slice(at + 1))
  return fraction && !text.includes(",", at + 1)
    ? `${text.slice(0, at)}.${text.slice(at + 1)}`
    : null
}

const shortestGrouped = "1.234".length

/** Whether a point may group digits, as in `1.234`: the game never writes three decimal places. */
function mayGroupByPoint(text: string): boolean {
  if (text.length < shortestGrouped) return false
  const at = text.indexOf(".")
  return (
    at > 0 && isDigit(text.charCodeAt(at + 3)) && /^\D{0,2}[1-9]\d{0,2}\.\d{3}(?!\d)/.test(text)
  )
}
