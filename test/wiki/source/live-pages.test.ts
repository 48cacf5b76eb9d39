import { describe, expect, test } from "bun:test"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { Faults } from "../../support/stand-in-wiki.ts"
import { demoPages, goldenBot, hasty, named, onStandInWiki, shortTime } from "./on-stand-in-wiki.ts"

const on = onStandInWiki()

/** Waits for the wiki to notice that nobody listens any more. */
const expectAllClosed = async () => {
  for (let waits = 0; on.wiki.pending() > 0 && waits < 100; waits++) await Bun.sleep(10)
  expect(on.wiki.pending()).toBe(0)
}

describe("a page of Fandom", () => {
  test("a page of Fandom is what the wiki serves, asked for once and in the project's name", async () => {
    const html = await on.fetchPage(goldenBot)
    expect(html).toBe(await Bun.file(`${demoPages}/Golden_Bot.html`).text())
    expect(on.wiki.requests("Golden_Bot")).toEqual({ page: 1, api: 0 })
    expect(on.wiki.lastHeaders()).toEqual({
      accept: "text/html",
      "accept-encoding": expect.stringContaining("gzip"),
      connection: "keep-alive",
      host: "the-tower-idle-tower-defense.fandom.com",
      "user-agent": expect.stringMatching(/^TowerStats\/\S+ \(\+https:\/\/\S+\)$/),
    })
  })

  test.each<[Faults, number]>([
    [{ page: "compressed" }, 1],
    [{ page: "broken twice" }, 3],
    [{ page: "too many requests at first" }, 2],
    [{ page: "stalls once" }, 2],
    [{ page: "redirects once" }, 2],
  ])("a page of Fandom is read in spite of %j, in %d requests", async (faults, requests) => {
    const undisturbed = await on.fetchPage(goldenBot)
    on.wiki.reset()
    on.wiki.misbehave("Golden_Bot", faults)
    expect(await on.fetchPage(goldenBot, { ...hasty, attemptTime: Duration.millis(500) })).toEqual(
      undisturbed,
    )
    expect(on.wiki.requests("Golden_Bot")).toEqual({ page: requests, api: 0 })
  })

  test("a page of Fandom is read in the character set its header names", async () => {
    on.wiki.misbehave("Golden_Bot", { page: "another charset" })
    const html = await on.fetchPage(goldenBot)
    expect(html).toContain("déjà vu")
  })

  test.each(
    named([
      {
        faults: { connection: "refused" },
        error: "ConnectionRefused",
        says: "refused the connection (4 attempts). Run again later",
        page: 0,
      },
      {
        faults: { connection: "unknown host" },
        error: "HostNotFound",
        says: "cannot be resolved, E",
        page: 0,
        attempts: 4,
      },
      {
        faults: { connection: "reset before the answer" },
        error: "ConnectionBroken",
        says: "broke, ECONNRESET (4 attempts)",
        page: 4,
      },
      {
        faults: { connection: "reset in the body" },
        error: "ConnectionBroken",
        says: "broke, ECONNRESET (4 attempts)",
        page: 4,
      },
      {
        faults: { connection: "another protocol" },
        error: "ConnectionBroken",
        says: "broke, Malformed_HTTP_Response (4 attempts)",
        page: 4,
      },
      {
        faults: { page: "stalls before headers" },
        limits: shortTime,
        error: "FetchTimedOut",
        says: "no complete answer within 0.15 s (2 attempts)",
        page: 2,
      },
      {
        faults: { page: "stalls in the body" },
        limits: shortTime,
        error: "FetchTimedOut",
        says: "no complete answer within 0.15 s (2 attempts)",
        page: 2,
      },
      {
        faults: { page: "endless body" },
        error: "BodyTooLarge",
        says: "larger than 8388608 bytes (1 attempt)",
        page: 1,
      },
      {
        faults: { page: "gzip bomb" },
        error: "BodyTooLarge",
        says: "larger than 8388608 bytes (1 attempt)",
        page: 1,
      },
      {
        faults: { page: "damaged gzip" },
        error: "BodyDamaged",
        says: "its compressed content is damaged, ZlibError (4 attempts)",
        page: 4,
      },
      {
        faults: { page: "unknown charset" },
        error: "UnreadableText",
        says: "its character set, klingon, is unknown (1 attempt)",
        page: 1,
      },
      {
        faults: { page: "wrong charset" },
        error: "UnreadableText",
        says: "its text is not valid in its character set, UTF-8 (1 attempt)",
        page: 1,
      },
      {
        faults: { page: "not html" },
        error: "UnsupportedContent",
        says: "expected text/html but the content type is application/pdf (1 attempt)",
        page: 1,
      },
      {
        faults: { connection: "no content type" },
        error: "UnsupportedContent",
        says: "the content type is not given (1 attempt)",
        page: 1,
      },
      {
        faults: { page: "not found" },
        error: "UnexpectedStatus",
        says: "status 404 (1 attempt). Check the title on the wiki",
        page: 1,
      },
      {
        faults: { page: "too many requests" },
        error: "UnexpectedStatus",
        says: "status 429, to be asked again in 3600 s (4 attempts). Run again later",
        page: 4,
      },
      {
        faults: { page: "broken" },
        error: "UnexpectedStatus",
        says: "status 500 (4 attempts). Run again later",
        page: 4,
      },
      {
        faults: { page: "redirect loop" },
        error: "RedirectRefused",
        says: "redirected to /wiki/Golden_Bot, after 5 redirects already (1 attempt)",
        page: 6,
      },
      {
        faults: { page: "redirects to http" },
        error: "RedirectRefused",
        says: "which is not encrypted although the page is (1 attempt)",
        page: 1,
      },
      {
        faults: { page: "redirects to another host" },
        error: "RedirectRefused",
        says: "fandom.com.evil.test/wiki/Golden_Bot, which is not a host of Fandom (1 attempt)",
        page: 1,
      },
      {
        faults: { page: "redirects to loopback" },
        error: "RedirectRefused",
        says: "https://127.0.0.1/wiki/Golden_Bot, which is not a host of Fandom (1 attempt)",
        page: 1,
      },
      {
        faults: { page: "redirects to a file" },
        error: "RedirectRefused",
        says: "only http and https are read, not file: (1 attempt)",
        page: 1,
      },
      {
        faults: { page: "redirects nowhere" },
        error: "RedirectRefused",
        says: "which is no address (1 attempt)",
        page: 1,
      },
      {
        faults: { page: "redirect without address" },
        error: "UnexpectedStatus",
        says: "status 302 (1 attempt)",
        page: 1,
      },
    ]),
  )("fails for %s, as %s", async (_faults, _error, expected) => {
    await on.expectFailure(goldenBot, expected)
  })

  test.each<Faults>([
    { page: "endless body" },
    { page: "stalls in the body" },
    { page: "stalls before headers" },
  ])("a page of Fandom leaves no connection open with %j", async (faults) => {
    on.wiki.misbehave("Golden_Bot", faults)
    await on.failure(goldenBot, shortTime)
    await expectAllClosed()
  })

  test("a request is dropped at once when the fetch is interrupted", async () => {
    on.wiki.misbehave("Golden_Bot", { page: "stalls in the body" })
    const start = performance.now()
    const exit = await Effect.runPromiseExit(
      Effect.timeout(Effect.exit(on.fetching(goldenBot, hasty)), "50 millis"),
    )
    expect(Exit.isFailure(exit)).toBe(true)
    expect(performance.now() - start).toBeLessThan(1000)
    await expectAllClosed()
  })

  test("the credentials of an address that Fandom redirects to are never shown", async () => {
    const error = await on.expectFailure(goldenBot, {
      faults: { page: "redirects with credentials" },
      error: "RedirectRefused",
      says: "the address has credentials in it (1 attempt)",
      page: 1,
    })
    expect(JSON.stringify(error) + error.message).not.toContain("secret")
  })
})
