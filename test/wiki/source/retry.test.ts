import { describe, expect, test } from "bun:test"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import {
  ConnectionBroken,
  type PageError,
  UnexpectedStatus,
} from "../../../lib/wiki/source/page-errors.ts"
import { currentAttempt, parseRetryAfter, withRetries } from "../../../lib/wiki/source/retry.ts"

const info = { page: "https://wiki.test/wiki/Cards", pageAnswer: null, attempts: 1 }

const status = (status: number, retryAfter: number | null = null) =>
  new UnexpectedStatus({ ...info, status, retryAfter, isChallenge: false })

const broken = new ConnectionBroken({ ...info, host: "wiki.test", code: "ECONNRESET" })

/** The pauses, in milliseconds, between attempts that all fail with the same error. */
const pausesAfter = (error: PageError): Promise<readonly number[]> =>
  Effect.gen(function* () {
    const times: number[] = []
    const attempt = Effect.flatMap(Clock.currentTimeMillis, (now) => {
      times.push(now)
      return Effect.fail(error)
    })
    const fiber = yield* Effect.forkChild(withRetries(attempt))
    yield* TestClock.adjust("1 hour")
    yield* Effect.exit(Fiber.join(fiber))
    return times.slice(1).map((time, index) => time - (times[index] ?? 0))
  }).pipe(Effect.provide(TestClock.layer()), Effect.runPromise)

describe("a failed attempt", () => {
  test.each([broken, status(408), status(429), status(500), status(503), status(599)])(
    "a failed attempt is repeated three times, after pauses that double: %s",
    async (error) => {
      const pauses = await pausesAfter(error)
      expect(pauses).toHaveLength(3)
      for (const [index, pause] of pauses.entries()) {
        expect(pause).toBeGreaterThanOrEqual(400 * 2 ** index)
        expect(pause).toBeLessThanOrEqual(600 * 2 ** index)
      }
    },
  )

  test.each([status(400), status(401), status(403), status(404), status(410), status(302)])(
    "a failed attempt is final: %s",
    async (error) => {
      expect(await pausesAfter(error)).toEqual([])
    },
  )

  test("pauses differ from run to run, so that callers do not come back in step", async () => {
    const runs = await Promise.all(Array.from({ length: 5 }, () => pausesAfter(broken)))
    expect(new Set(runs.map((pauses) => pauses.join())).size).toBeGreaterThan(1)
  })

  test("a failed attempt is repeated no sooner than the server asks", async () => {
    expect(await pausesAfter(status(429, 30))).toEqual([30_000, 30_000, 30_000])
    expect(await pausesAfter(status(503, 0))).toHaveLength(3)
  })

  test("a failed attempt is repeated after a minute even if the server asks for more", async () => {
    expect(await pausesAfter(status(503, 86_400))).toEqual([60_000, 60_000, 60_000])
  })

  test("an attempt knows its number", async () => {
    const seen: number[] = []
    const attempt = Effect.flatMap(currentAttempt, (number) => {
      seen.push(number)
      return Effect.fail(broken)
    })
    await Effect.gen(function* () {
      const fiber = yield* Effect.forkChild(withRetries(attempt))
      yield* TestClock.adjust("1 minute")
      yield* Effect.exit(Fiber.join(fiber))
    }).pipe(Effect.provide(TestClock.layer()), Effect.runPromise)
    expect(seen).toEqual([1, 2, 3, 4])
  })
})

const now = Date.UTC(2026, 2, 1, 12, 0, 0)

describe("Retry-After", () => {
  test.each([
    ["0", 0],
    ["7", 7],
    [" 120 ", 120],
    ["Sun, 01 Mar 2026 12:00:30 GMT", 30],
    ["Sunday, 01-Mar-26 12:01:00 GMT", 60],
    ["Sun, 01 Mar 2026 11:59:00 GMT", 0],
  ])("Retry-After asks with %j to wait %d seconds", (header, seconds) => {
    expect(parseRetryAfter(header, now)).toBe(seconds)
  })

  test.each([
    undefined,
    "",
    "soon",
    "-1",
    "1.5",
    "1e3",
    "12345678901",
    "2026-03-01T12:00:30Z",
    "Sun Mar  1 12:00:30 2026",
    "Sun, 99 Foo 2026 12:00:30 GMT",
  ])("Retry-After asks for nothing with %j", (header) => {
    expect(parseRetryAfter(header, now)).toBeNull()
  })
})
