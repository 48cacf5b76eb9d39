const seconds = /^\d{1,9}$/
// The two forms of a date that name their time zone; the third form of RFC 9110 is long obsolete.
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, .+ GMT$/

/**
 * How many seconds a `Retry-After` header asks to wait from `now` (milliseconds since 1970): it
 * holds a number of seconds or a date (RFC 9110, 10.2.3). Null where it is absent or neither.
 */
export const parseRetryAfter = (header: string | undefined, now: number): number | null => {
  const text = header?.trim() ?? ""
  if (seconds.test(text)) return Number(text)
  const date = httpDate.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000))
}
