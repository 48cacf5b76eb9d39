import { isDigit } from "../characters.ts"
import { type Decimal, shiftedDecimal } from "./decimal.ts"
import { magnitudeExponent } from "./magnitude.ts"

/** What the writing says a quantity is: a bare number, money (`$5`) or a factor (`x8.00`, `15%`). */
export type QuantityKind = "plain" | "currency" | "multiplier"

/** A written quantity: its exact value, or why it has none. */
export type Quantity =
  | { readonly _tag: "Value"; readonly kind: QuantityKind; readonly value: Decimal }
  | { readonly _tag: "UnknownMagnitude"; readonly suffix: string }
  | { readonly _tag: "Unreadable" }

/** More digits than any figure of the game, and few enough for every database column. */
export const maximumDigits = 1000

/** Letters after a number that may be a magnitude the game has added; longer words are not. */
const longestUnknownSuffix = 3

/** Up to this many digits a JavaScript number counts exactly. */
const exactDigits = 15

const unreadable: Quantity = { _tag: "Unreadable" }

const plus = 43
const comma = 44
const minus = 45
const point = 46
const zeroDigit = 48

const prefixKinds: ReadonlyMap<string, QuantityKind> = new Map([
  ["$", "currency"],
  ["x", "multiplier"],
  ["X", "multiplier"],
  ["×", "multiplier"],
])

/** Endings other than magnitudes, with the power of ten they stand for. */
const multiplierEndings: ReadonlyMap<string, number> = new Map([
  ["%", -2],
  ["x", 0],
])

/**
 * Reads a quantity as the game writes it, without blanks around it: `$12,345.6`, `44.09ab`,
 * `x8.00`, `15%` (0.15). Grouping commas must come every three digits: a comma elsewhere may be
 * a decimal comma, and guessing would be a factor of a thousand off.
 */
export function readQuantity(text: string): Quantity {
  const sign = text.charCodeAt(0)
  let start = sign === minus || sign === plus ? 1 : 0
  let kind: QuantityKind = "plain"
  if (!isDigit(text.charCodeAt(start))) {
    const prefixKind = prefixKinds.get(text.charAt(start))
    if (prefixKind !== undefined) {
      kind = prefixKind
      start++
    }
  }

  let mantissa = 0
  let digits = 0
  let pointAt = -1
  let hasCommas = false
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) {
      mantissa = mantissa * 10 + (code - zeroDigit)
      digits++
    } else if (code === comma) hasCommas = true
    else if (code === point && pointAt < 0) pointAt = at
    else break
  }
  if (digits === 0 || digits > maximumDigits || pointAt === at - 1) return unreadable
  if (hasCommas && !isGrouped(text.slice(start, at))) return unreadable

  let exponent = magnitudeExponent(text, at)
  if (exponent === undefined) {
    const ending = text.slice(at)
    exponent = multiplierEndings.get(ending)
    if (exponent === undefined) return withUnknownEnding(ending)
    if (kind !== "plain") return unreadable
    kind = "multiplier"
  }
  const written =
    digits <= exactDigits ? String(mantissa) : text.slice(start, at).replace(/[,.]/g, "")
  const fraction = pointAt < 0 ? 0 : at - pointAt - 1
  return {
    _tag: "Value",
    kind,
    value: shiftedDecimal(sign === minus, written, exponent - fraction),
  }
}

/** Whether a number's commas come every three digits of its whole part. */
function isGrouped(number: string): boolean {
  return /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(number)
}

function withUnknownEnding(ending: string): Quantity {
  const mayBeMagnitude = ending.length <= longestUnknownSuffix && /^[A-Za-z]+$/.test(ending)
  return mayBeMagnitude ? { _tag: "UnknownMagnitude", suffix: ending } : unreadable
}
