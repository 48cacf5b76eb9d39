const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
] as const

const monthsByBeginning: ReadonlyMap<string, number> = new Map(
  months.map((month, index) => [month.slice(0, 3), index + 1]),
)

/** Longer texts are no dates. */
const longestDate = 40

/** An offset can push the last night of the year 9999 into a year that needs more digits. */
const isoInstantLength = "2025-12-07T21:59:00.000Z".length

/** What may follow a date: ` 21:59`, ` 13:45:00`, `T13:45:00.250+02:00`, or nothing. */
const time =
  /(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)? ?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i.source

/** `Dec 07, 2025 21:59`: the game's own writing. */
const namedMonth = new RegExp(`^([a-z]{3,9})\\.? (\\d{1,2})(?:, ?| )(\\d{4})${time}`, "i")
/** `2025-12-07 21:59` */
const yearFirst = new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})${time}`, "i")
/** `12/07/2025 21:59`, `12/07/25` */
const monthFirst = new RegExp(`^(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})${time}`, "i")

/**
 * Reads a battle date as an ISO 8601 UTC instant (`2025-12-07T21:59:00.000Z`). A time without an
 * offset is UTC, a date without a time is midnight, and of two numbers with slashes the first is
 * the month. `null` for anything else and for dates and times that do not exist.
 */
export function readBattleDate(text: string): string | null {
  if (text.length > longestDate) return null
  const named = namedMonth.exec(text)
  if (named !== null) return instant(named[3], monthNumber(named[1]), named[2], named)
  const iso = yearFirst.exec(text)
  if (iso !== null) return instant(iso[1], Number(iso[2]), iso[3], iso)
  const us = monthFirst.exec(text)
  if (us !== null) return instant(us[3], Number(us[1]), us[2], us)
  return null
}

/** Whether the text is written like a date, be it a date that exists or not. */
export function looksLikeDate(text: string): boolean {
  return (
    text.length <= longestDate &&
    (namedMonth.test(text) || yearFirst.test(text) || monthFirst.test(text))
  )
}

/** 1 to 12 for a month's name or its beginning (`Dec`, `Sept`), 0 for anything else. */
function monthNumber(written = ""): number {
  const name = written.toLowerCase()
  const number = monthsByBeginning.get(name.slice(0, 3)) ?? 0
  return months[number - 1]?.startsWith(name) ? number : 0
}

/** @param match a match whose groups 4 to 8 are those of `time` */
function instant(
  writtenYear = "",
  month: number,
  writtenDay: string | undefined,
  match: RegExpExecArray,
): string | null {
  const year = writtenYear.length === 2 ? 2000 + Number(writtenYear) : Number(writtenYear)
  const day = Number(writtenDay)
  const hour = Number(match[4] ?? 0)
  const minute = Number(match[5] ?? 0)
  const second = Number(match[6] ?? 0)
  const milliseconds = match[7] === undefined ? 0 : Number(match[7].padEnd(3, "0"))
  const offset = offsetMinutes(match[8])
  if (hour > 23 || minute > 59 || second > 59 || offset === null) return null

  const midnight = new Date(Date.UTC(year, month - 1, day))
  const exists =
    midnight.getUTCFullYear() === year &&
    midnight.getUTCMonth() === month - 1 &&
    midnight.getUTCDate() === day
  if (!exists) return null
  const sinceMidnight = ((hour * 60 + minute - offset) * 60 + second) * 1000 + milliseconds
  const iso = new Date(midnight.getTime() + sinceMidnight).toISOString()
  return iso.length === isoInstantLength ? iso : null
}

/** Minutes ahead of UTC, `null` for an offset that does not exist. */
function offsetMinutes(written: string | undefined): number | null {
  if (written === undefined || written === "Z" || written === "z") return 0
  const hours = Number(written.slice(1, 3))
  const minutes = Number(written.slice(3).replace(":", ""))
  if (hours > 23 || minutes > 59) return null
  return (written.startsWith("-") ? -1 : 1) * (hours * 60 + minutes)
}
