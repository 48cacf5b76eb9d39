import { monthNamed } from "./month-names.ts"
import { instantIn } from "./time-zone.ts"

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

/** Anything longer cannot be a date. */
const longestDate = 50

/**
 * The years that a device may write. Other calendars count from other years (the Buddhist 2569, the Islamic
 * 1448), and nobody played before the game was there.
 */
const firstYear = 2020
const lastYear = 2100

/** Longer instants have a year of more digits: an offset can push the last night of 9999 there. */
const isoInstantLength = "2025-12-07T21:59:00.000Z".length

/** What may follow a date: ` 21:59`, ` 13:45:00`, `T13:45:00.250+02:00`, or nothing. */
const timeWith = (separator: string): string =>
  `(?:[ T](\\d{1,2})${separator}(\\d{2})(?:${separator}(\\d{2})(?:\\.(\\d{1,3})\\d*)?)? ?(Z|[+-]\\d{2}(?::?\\d{2})?)?)?$`

const time = timeWith(":")
/** Some languages write a point between hours and minutes. */
const timeOfDevice = timeWith("[:.]")

/** `Dec 07, 2025 21:59`: how the game writes on a device set to English. */
const namedMonth = new RegExp(`^([a-z]{3,9})\\.? (\\d{1,2})(?:, ?| )(\\d{4})${timeOfDevice}`, "i")
/** The same with the name of the month in the device's language: `févr. 08, 2026 21:59`, `11月 02, 2025`. */
const foreignMonth = new RegExp(
  `^(\\p{L}[^,]{0,24}?|\\d{1,2}(?:[月월]|-\\p{L}+ \\p{L}+)) ?(\\d{1,2})(?:, ?| )(\\d{4})${timeOfDevice}`,
  "iu",
)
/** `2025-12-07 21:59` */
const yearFirst = new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})${time}`, "i")
/** `12/07/2025 21:59`, `12/07/25` */
const monthFirst = new RegExp(`^(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})${time}`, "i")

/**
 * Reads a battle date as an ISO 8601 UTC instant (`2025-12-07T21:59:00.000Z`). A time without an
 * offset is the wall clock of `timeZone` (an IANA name), a date without a time is midnight, and of
 * two numbers with slashes the first is the month. `null` for anything else, for dates and times that
 * do not exist, for a month whose name is ambiguous, and for a year of another calendar.
 */
export function readBattleDate(text: string, timeZone = "UTC"): string | null {
  if (text.length > longestDate) return null
  const named = namedMonth.exec(text)
  const number = monthNumber(named?.[1])
  if (named !== null && number > 0)
    return instant(deviceYear(named[3]), number, named[2], named, timeZone)
  const iso = yearFirst.exec(text)
  if (iso !== null) return instant(Number(iso[1]), Number(iso[2]), iso[3], iso, timeZone)
  const us = monthFirst.exec(text)
  if (us !== null) return instant(deviceYear(us[3]), Number(us[1]), us[2], us, timeZone)
  const foreign = foreignMonth.exec(text)
  const month = foreign === null ? null : monthNamed(foreign[1] ?? "")
  if (foreign === null || month === null) return null
  return instant(deviceYear(foreign[3]), month, foreign[2], foreign, timeZone)
}

/** Whether the text has the form of a date, whether or not that date exists. */
export function looksLikeDate(text: string): boolean {
  return (
    text.length <= longestDate &&
    (namedMonth.test(text) ||
      yearFirst.test(text) ||
      monthFirst.test(text) ||
      foreignMonth.test(text))
  )
}

/** 1 to 12 for a month's name or its beginning (`Dec`, `Sept`), 0 for anything else. */
function monthNumber(written = ""): number {
  const name = written.toLowerCase()
  const number = monthsByBeginning.get(name.slice(0, 3)) ?? 0
  return months[number - 1]?.startsWith(name) ? number : 0
}

/** A year as devices write it; NaN where it cannot be one of the calendar we know. */
function deviceYear(written = ""): number {
  const year = written.length === 2 ? 2000 + Number(written) : Number(written)
  return year >= firstYear && year <= lastYear ? year : Number.NaN
}

/** @param match a match whose groups 4 to 8 are those of `time` */
function instant(
  year: number,
  month: number,
  writtenDay: string | undefined,
  match: RegExpExecArray,
  timeZone: string,
): string | null {
  const day = Number(writtenDay)
  const hour = Number(match[4] ?? 0)
  const minute = Number(match[5] ?? 0)
  const second = Number(match[6] ?? 0)
  const milliseconds = match[7] === undefined ? 0 : Number(match[7].padEnd(3, "0"))
  const offset = match[8] === undefined ? null : offsetMinutes(match[8])
  if (hour > 23 || minute > 59 || second > 59 || Number.isNaN(offset)) return null

  const midnight = new Date(Date.UTC(year, month - 1, day))
  const exists =
    midnight.getUTCFullYear() === year &&
    midnight.getUTCMonth() === month - 1 &&
    midnight.getUTCDate() === day
  if (!exists) return null
  const shown = midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds
  const utc = offset === null ? instantIn(timeZone, shown) : shown - offset * 60_000
  if (utc === null) return null
  const iso = new Date(utc).toISOString()
  return iso.length === isoInstantLength ? iso : null
}

/** Minutes ahead of UTC; NaN for an offset that does not exist. */
function offsetMinutes(written: string): number {
  if (written.toUpperCase() === "Z") return 0
  const hours = Number(written.slice(1, 3))
  const minutes = Number(written.slice(3).replace(":", ""))
  if (hours > 23 || minutes > 59) return Number.NaN
  return (written.startsWith("-") ? -1 : 1) * (hours * 60 + minutes)
}
