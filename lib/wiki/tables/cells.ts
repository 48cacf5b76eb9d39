const placeholders: ReadonlySet<string> = new Set(["", "-", "—", "–", "null", "none"])

/** A text as compared: without space around it, in lower case. */
const compared = (text: string) => text.trim().toLowerCase()

/** Whether a cell only marks that there is nothing: empty, a dash, `null` or `none`. */
export const isPlaceholder = (text: string): boolean => placeholders.has(compared(text))

const totalWord = "^(?:(?:grand|overall)[ -]?|sub[ -]?)?(?:totals?|sums?)"
const summedWord = "(?:costs?|price|amount|spent|needed|stones?|bits?|medals?|gems?)"
const total = new RegExp(
  String.raw`${totalWord}(?: ${summedWord})* ?[:=]? ?(?:[\d,.]+)?(?: ${summedWord})?$`,
)
const label = new RegExp(String.raw`${totalWord}(?![\p{L}\p{N}])`, "u")

/**
 * Whether a cell labels a sum over the rows above it and says nothing else: `Total`, `TOTALS`,
 * `Total cost`, `Total: 295`, `Grand Total`, `Subtotal`, `Sum`. A card may be called `Total Recall`.
 */
export const isTotal = (text: string): boolean => total.test(compared(text))

/** Whether a row of levels is a sum, by its label: it begins with that, whatever else it says. */
export const isTotalLabel = (text: string): boolean => label.test(compared(text))

// A zero before other digits is of a key to sort by, or of a decimal comma.
const digits = String.raw`(?!0[\d,])(?:\d{1,3}(?:,\d{3})+|\d+)`
// No space after a minus: `- 4` is the dash of an empty cell that has run into a number.
const quantity = new RegExp(
  String.raw`^(?:[x×+$] ?|(-))?(${digits}(?:\.\d+)?) ?(?:%|s|sec|m|x|×|#)?$`,
)
const amount = new RegExp(`^${digits}$`)

/**
 * Whether a cell says what a level is worth: a number, perhaps grouped or with a fraction, with a
 * sign or unit of the game's before or after it (`x3.50`, `$1`, `20s`, `5.0×`, `14,052`, `-4%`).
 */
export const isQuantity = (text: string): boolean => quantity.test(compared(text))

/** More digits than this, and a JavaScript number would round them. */
const exactDigits = 15

/** The number in a quantity; null where the text is none, or has too many digits to be exact. */
export function numberIn(text: string): number | null {
  const [, minus = "", written = ""] = quantity.exec(compared(text)) ?? []
  const plain = written.replaceAll(",", "")
  if (plain === "" || plain.replace(".", "").length > exactDigits) return null
  return Number(minus + plain)
}

/** Whether a cell says what a level costs: a whole number, or that it is free or cannot be bought. */
export const isCost = (text: string): boolean =>
  amount.test(compared(text)) || /^(?:free|unlock|max)$/.test(compared(text))

/** What a level costs, as a number; null where the cost is a word for which no sum is known. */
export const costIn = (text: string): number | null =>
  compared(text) === "free" ? 0 : amount.test(compared(text)) ? numberIn(text) : null

/** Whether a cell only says that the column above it has ended. */
export const isEndMark = (text: string): boolean => compared(text) === "max"

/** What the number of a level may have around it: a word before it, marks and brackets after it. */
const level =
  /^(?:(?:level|lvl|lv)\.? ?|# ?|no\. ?)?(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?: ?(?:[*†‡§^]|\([^()]*\)|\[[^[\]]*\]))*$/

/** Footnote marks that would pass for digits of the number they follow. */
const raised = /[\u00b2\u00b3\u00b9\u2070-\u209f]/g

/**
 * The number of a level as the wiki writes it: `2*`, `3 (MAX)`, `Lv. 4`, `#5` and `１` are 2, 3, 4, 5
 * and 1. Null where a text is none, or cannot be read as one whole number (`1-2`).
 */
export function readLevel(text: string): number | null {
  const plain = compared(text.replace(raised, "").normalize("NFKC"))
  const [, number] = level.exec(plain) ?? []
  return number === undefined ? null : Number(number.replaceAll(",", ""))
}
