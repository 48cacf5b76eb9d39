import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { PageError } from "./page-errors.ts"

/** How patient a fetch is, and how much it accepts. */
export interface FetchLimits {
  /** How long one attempt may take, from the first byte sent to the last one read. */
  readonly attemptTime: Duration.Duration
  /** The most attempts made for a page. */
  readonly attempts: number
  /** The pause after the first attempt; it doubles after each further one. */
  readonly firstPause: Duration.Duration
  /** The longest pause a server may ask for with `Retry-After`. */
  readonly longestRetryAfter: Duration.Duration
  /** How many redirects one attempt follows. */
  readonly redirects: number
  /** The largest body, in bytes after decompression. */
  readonly bodyBytes: number
}

/** The limits for pages of the wiki, which have about 300 kB. */
export const wikiFetchLimits: FetchLimits = {
  attemptTime: Duration.seconds(30),
  attempts: 4,
  firstPause: Duration.millis(500),
  longestRetryAfter: Duration.seconds(60),
  redirects: 5,
  bodyBytes: 8 * 1024 * 1024,
}

/** The limits in force: the wiki's, unless others are provided. */
export const FetchLimits = Context.Reference<FetchLimits>("towerstats/wiki/FetchLimits", {
  defaultValue: () => wikiFetchLimits,
})

const seconds = /^\d{1,9}$/
// The two forms of a date that name their time zone; the third form of RFC 9110 is long obsolete.
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, .+ GMT$/

/**
 * How many seconds a `Retry-After` header asks to wait from `now` (milliseconds since 1970): it
 * holds a number of seconds or a date (RFC 9110, 10.2.3). Null where it is absent or neither.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? ""
  if (seconds.test(text)) return Number(text)
  const date = httpDate.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000))
}

const transientErrors: ReadonlySet<PageError["_tag"]> = new Set([
  "ConnectionRefused",
  "HostNotFound",
  "ConnectionBroken",
  "BodyDamaged",
  "FetchTimedOut",
])

const isTransientStatus = (status: number): boolean =>
  status === 408 || status === 429 || status >= 500

// Whether the same request may succeed a little later.
const isTransient = (error: PageError): boolean =>
  error._tag === "UnexpectedStatus"
    ? isTransientStatus(error.status)
    : transientErrors.has(error._tag)

const requestedPause = (error: PageError): Duration.Duration =>
  Duration.seconds(error._tag === "UnexpectedStatus" ? (error.retryAfter ?? 0) : 0)

/** Repeats an attempt that failed for a transient reason, within the limits. */
export const withRetries = Effect.fnUntraced(function* <A, R>(
  attempt: Effect.Effect<A, PageError, R>,
) {
  const { attempts, firstPause, longestRetryAfter } = yield* FetchLimits
  // A server's own wish replaces a shorter pause, up to a bound.
  const pauses = Schedule.exponential(firstPause).pipe(
    Schedule.jittered,
    Schedule.setInputType<PageError>(),
    Schedule.modifyDelay(({ input, duration }) =>
      Effect.succeed(
        Duration.max(duration, Duration.min(requestedPause(input), longestRetryAfter)),
      ),
    ),
  )
  return yield* Effect.retry(attempt, {
    while: isTransient,
    times: attempts - 1,
    schedule: pauses,
  })
})

/** Which attempt is being made, counted from 1. */
export const currentAttempt: Effect.Effect<number> = Effect.map(
  Schedule.CurrentMetadata,
  ({ attempt }) => attempt + 1,
)
