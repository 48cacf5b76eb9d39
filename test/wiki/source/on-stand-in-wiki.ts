import { afterAll, beforeAll, beforeEach, expect } from "bun:test"
import { resolve } from "node:path"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { pagesFor, type WikiPage } from "../../../lib/wiki/catalogue.ts"
import { livePages } from "../../../lib/wiki/source/live-pages.ts"
import type { PageError } from "../../../lib/wiki/source/page-errors.ts"
import { FetchLimits, wikiFetchLimits } from "../../../lib/wiki/source/retry.ts"
import { fandomClient } from "../../support/fandom-client.ts"
import { type Faults, type StandInWiki, startStandInWiki } from "../../support/stand-in-wiki.ts"

export const demoPages = resolve(import.meta.dir, "../../../lib/demo/wiki")

/** The wiki's limits, without its pauses. */
export const hasty: FetchLimits = {
  ...wikiFetchLimits,
  firstPause: Duration.millis(1),
  longestRetryAfter: Duration.millis(5),
}

/** Limits that a stalling server soon exceeds. */
export const shortTime: FetchLimits = {
  ...hasty,
  attemptTime: Duration.millis(150),
  attempts: 2,
}

const [goldenBotPage] = pagesFor(["bots"]).filter(({ title }) => title === "Golden_Bot")
if (goldenBotPage === undefined) throw new Error("the catalogue has no Golden Bot")

/** The page on which tests try what can go wrong. */
export const goldenBot: WikiPage = goldenBotPage

/** What is to come of faults: the error, its words, and how often the page and the API are asked. */
export interface Expected {
  readonly faults: Faults
  readonly error: PageError["_tag"]
  readonly says: string
  readonly page: number
  readonly api?: number
  readonly limits?: FetchLimits
  /** How many attempts the error counts, where no request arrives that could be counted. */
  readonly attempts?: number
}

/** Cases with what their tests are named by. */
export const named = (cases: readonly Expected[]) =>
  cases.map((expected) => [JSON.stringify(expected.faults), expected.error, expected] as const)

/** Runs the tests of a file on a stand-in wiki of their own, which is forgetful between them. */
export const onStandInWiki = () => {
  let wiki: StandInWiki
  beforeAll(async () => {
    wiki = await startStandInWiki(demoPages)
  })
  beforeEach(() => wiki.reset())
  afterAll(() => wiki.stop())

  const fetching = (page: WikiPage, limits: FetchLimits = hasty) =>
    Effect.flatMap(livePages, (source) => source(page)).pipe(
      Effect.provideService(FetchLimits, limits),
      Effect.provide(fandomClient(wiki)),
    )
  const failure = (page: WikiPage, limits?: FetchLimits): Promise<PageError> =>
    Effect.runPromise(Effect.flip(fetching(page, limits)))

  return {
    get wiki() {
      return wiki
    },
    /** Fetches a page as from Fandom. */
    fetching,
    fetchPage: (page: WikiPage, limits?: FetchLimits) => Effect.runPromise(fetching(page, limits)),
    /** Fetches a page that cannot be had, and gives the error. */
    failure,
    /** Fetches a page under faults and expects the error, its whole message, and the requests. */
    expectFailure: async (page: WikiPage, expected: Expected): Promise<PageError> => {
      wiki.misbehave(page.title, expected.faults)
      const error = await failure(page, expected.limits)
      expect(error._tag).toBe(expected.error)
      expect(error.message).toStartWith(`${page.url} could not be fetched`)
      expect(error.message).toContain(expected.says)
      expect(error.message).toMatch(/\(\d attempts?\)\. [A-Z].+\.$/)
      const { attempts, api = 0 } = expected
      expect(wiki.requests(page.title)).toEqual({ page: expected.page, api })
      if (attempts !== undefined) expect(error.attempts).toBe(attempts)
      return error
    },
  }
}
