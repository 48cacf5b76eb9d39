import * as Result from "effect/Result"

const formats = new Map<string, Intl.DateTimeFormat | null>()

/** Null for a name that the runtime does not know. */
function formatFor(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const format = Result.getOrElse(
    Result.try(() => newFormat(zone)),
    () => null,
  )
  formats.set(zone, format)
  return format
}

const newFormat = (zone: string) =>
  new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  })

/** Whether the runtime knows a time zone of this name. */
export const isTimeZone = (name: string): boolean => formatFor(name) !== null

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  const fields = new Map(
    format.formatToParts(instant).map(({ type, value }) => [type, value] as const),
  )
  const field = (type: Intl.DateTimeFormatPartTypes) => Number(fields.get(type))
  const year = fields.get("era") === "BC" ? 1 - field("year") : field("year")
  const shown = new Date(0)
  shown.setUTCFullYear(year, field("month") - 1, field("day"))
  shown.setUTCHours(field("hour"), field("minute"), field("second"))
  return shown.getTime() - Math.floor(instant / 1000) * 1000
}

const day = 86_400_000

/**
 * The instant, in milliseconds since 1970, at which the clocks of a time zone show a wall-clock time.
 * Where they show it twice, when they are set back, and where they never show it, when they are set
 * forward, it is the earlier of the two instants that the offsets before and after give. Null for a
 * zone that the runtime does not know.
 *
 * @param wallClock the time shown, as milliseconds since 1970 if it were UTC
 * @param zone an IANA name
 */
export function instantIn(zone: string, wallClock: number): number | null {
  if (zone === "UTC") return wallClock
  const format = formatFor(zone)
  if (format === null) return null
  const candidates = [wallClock - day, wallClock + day].map((near) => {
    const offset = offsetAt(format, near)
    return { instant: wallClock - offset, offset }
  })
  const shown = candidates.filter(({ instant, offset }) => offsetAt(format, instant) === offset)
  return Math.min(...(shown.length > 0 ? shown : candidates).map(({ instant }) => instant))
}
