import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import type { FetchLimits } from "./fetch-limits.ts"
import type { PageError } from "./page-error.ts"

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

// A server's own wish counts in place of a shorter pause, but not without bound.
const pauses = ({ firstPause, longestRetryAfter }: FetchLimits) =>
  Schedule.exponential(firstPause).pipe(
    Schedule.jittered,
    Schedule.setInputType<PageError>(),
    Schedule.modifyDelay(({ input, duration }) =>
      Effect.succeed(
        Duration.max(duration, Duration.min(requestedPause(input), longestRetryAfter)),
      ),
    ),
  )

/** Repeats an attempt that failed for a cause that may pass. */
export const withRetries = <A, R>(
  attempt: Effect.Effect<A, PageError, R>,
  limits: FetchLimits,
): Effect.Effect<A, PageError, R> =>
  Effect.retry(attempt, {
    while: isTransient,
    times: limits.attempts - 1,
    schedule: pauses(limits),
  })

/** Which attempt is being made, counted from 1. */
export const currentAttempt: Effect.Effect<number> = Effect.map(
  Schedule.CurrentMetadata,
  ({ attempt }) => attempt + 1,
)
