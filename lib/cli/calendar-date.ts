import * as Schema from "effect/Schema"

const exists = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** A day of the calendar, written YYYY-MM-DD. */
export const CalendarDate = Schema.String.check(
  Schema.makeFilter((text) => exists(text) || "Expected an existing day, written YYYY-MM-DD"),
)
