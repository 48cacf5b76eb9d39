import * as Brand from "effect/Brand"

/**
 * An exact decimal number in canonical plain text: an optional minus sign, digits without leading
 * zeros, and a fraction without trailing zeros (`0`, `-3.5`, `44090000`). Never an exponent, never
 * floating point: the game's figures pass 2^53 by many orders of magnitude.
 */
export type Decimal = string & Brand.Brand<"Decimal">

const decimal = Brand.nominal<Decimal>()

const zero: Decimal = decimal("0")

const zeroDigit = 48

/** Enough for the scale's everyday magnitudes; longer runs are made when they are met. */
const zeroRuns: readonly string[] = Array.from({ length: 64 }, (_, count) => "0".repeat(count))

/**
 * The decimal `digits × 10^exponent`.
 *
 * @param digits ASCII digits only; leading and trailing zeros are allowed
 */
export function shiftedDecimal(negative: boolean, digits: string, exponent: number): Decimal {
  const first = firstNonZero(digits)
  if (first === digits.length) return zero
  const significant = first === 0 ? digits : digits.slice(first)
  const magnitude = exponent < 0 ? withPoint(significant, exponent) : significant + zeros(exponent)
  return decimal(negative ? `-${magnitude}` : magnitude)
}

function withPoint(digits: string, exponent: number): string {
  let end = digits.length
  const point = digits.length + exponent
  while (end > point && digits.charCodeAt(end - 1) === zeroDigit) end--
  if (end <= point) return digits.slice(0, point)
  if (point > 0) return `${digits.slice(0, point)}.${digits.slice(point, end)}`
  return `0.${zeros(-point)}${digits.slice(0, end)}`
}

function zeros(count: number): string {
  return zeroRuns[count] ?? "0".repeat(count)
}

function firstNonZero(digits: string): number {
  let at = 0
  while (at < digits.length && digits.charCodeAt(at) === zeroDigit) at++
  return at
}

/** Whether the number is above zero. */
export function isPositive(value: Decimal): boolean {
  return value !== zero && !value.startsWith("-")
}

/** The largest whole number a database column of type `integer` holds. */
export const largestInteger = 2_147_483_647

/** The number as a JavaScript integer from 0 to `largestInteger`, or `null` if it is not one. */
export function toInteger(value: Decimal): number | null {
  const number = Number(value)
  return Number.isInteger(number) && number >= 0 && number <= largestInteger ? number : null
}
