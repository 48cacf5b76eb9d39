import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import { spellingDistance } from "../terminal/spelling-distance.ts"

/** Whether a text is written like a date, existing or not. */
export function isDateLike(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
}

// Neither the calendar nor the database has a year 0.
function exists(text: string): boolean {
  if (!isDateLike(text) || text.startsWith("0000")) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** A day of the calendar, written YYYY-MM-DD. */
export const CalendarDate = Schema.String.check(
  Schema.makeFilter((text) => exists(text) || "Expected an existing day, written YYYY-MM-DD"),
)

function isPlain(text: string): boolean {
  return text !== "" && text.trim() === text && !/\p{Cc}/u.test(text)
}

/** A name that a person can type again: on one line, without blanks around it. */
export const PlainName = Schema.String.check(
  Schema.makeFilter(
    (text) => isPlain(text) || "Expected a name, on one line and without blanks around it",
  ),
)

function acceptedZone(name: string): string | null {
  if (!/^[A-Za-z]/.test(name)) return null
  const resolved = Result.try(
    () => new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone,
  )
  if (Result.isFailure(resolved)) return null
  // An alias stays as it is written; a zone's own name gets its usual capitals.
  return resolved.success.toLowerCase() === name.toLowerCase() ? resolved.success : name
}

function nearestZone(written: string): string {
  const wanted = written.toLowerCase().replaceAll(" ", "_")
  const city = (zone: string) => zone.slice(zone.lastIndexOf("/") + 1)
  const [nearest = "UTC"] = Intl.supportedValuesOf("timeZone")
    .map((zone) => {
      const name = zone.toLowerCase()
      return {
        zone,
        far: Math.min(spellingDistance(wanted, name), spellingDistance(wanted, city(name))),
      }
    })
    .toSorted((a, b) => a.far - b.far)
    .map(({ zone }) => zone)
  return nearest
}

/** A time zone that this machine knows, by its IANA name (https://www.iana.org/time-zones). */
export const TimeZone = Schema.String.pipe(
  Schema.decode({
    decode: SchemaGetter.transform((text: string) => acceptedZone(text) ?? text),
    encode: SchemaGetter.passthrough(),
  }),
  Schema.check(
    Schema.makeFilter(
      (text) =>
        acceptedZone(text) !== null ||
        `Expected the name of a time zone; did you mean ${nearestZone(text)}?`,
    ),
  ),
)
