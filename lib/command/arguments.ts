import * as Schema from "effect/Schema"

/** Whether a text is written like a day, be it one that exists or not. */
export const isDateLike = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)

// Neither the calendar nor the database has a year 0.
const exists = (text: string): boolean => {
  if (!isDateLike(text) || text.startsWith("0000")) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** A day of the calendar, written YYYY-MM-DD. */
export const CalendarDate = Schema.String.check(
  Schema.makeFilter((text) => exists(text) || "Expected an existing day, written YYYY-MM-DD"),
)

const isPlain = (text: string): boolean =>
  text !== "" && text.trim() === text && !/\p{Cc}/u.test(text)

/** A name that can be typed again and told from others: no blanks around it, all on one line. */
export const PlainName = Schema.String.check(
  Schema.makeFilter(
    (text) => isPlain(text) || "Expected a name, on one line and without blanks around it",
  ),
)
