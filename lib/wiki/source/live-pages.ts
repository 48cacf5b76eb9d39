import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Result from "effect/Result"
import type { WikiPage } from "../catalogue.ts"
import { contentStart } from "../page/content.ts"
import { isFandomUrl } from "./fandom-host.ts"
import { type ContentRequest, fetchContent } from "./fetch-content.ts"
import { type FetchLimits, wikiFetchLimits } from "./fetch-limits.ts"
import { apiAddress, readAnswer } from "./mediawiki-api.ts"
import type { PageError } from "./page-error.ts"
import { ChallengeAnswered } from "./page-errors.ts"
import type { PageContent } from "./page-source.ts"
import { wikiClient } from "./wiki-client.ts"

const pageRequest = (page: WikiPage): ContentRequest => {
  const address = new URL(page.url)
  address.hash = ""
  return {
    page: page.url,
    address,
    mediaType: "text/html",
    pageAnswer: null,
    read: (html, asked) =>
      contentStart(html) === null
        ? Result.fail(new ChallengeAnswered(asked))
        : Result.succeed({ html, revision: null }),
  }
}

const apiRequest = (page: WikiPage, address: URL, pageAnswer: string): ContentRequest => ({
  page: page.url,
  address,
  mediaType: "application/json",
  pageAnswer,
  read: (json, asked) => readAnswer(address.searchParams.get("page") ?? page.title, json, asked),
})

/** How Fandom turned automation away, where it did; its API answers in the page's place then. */
const refusal = (error: PageError): string | null => {
  if (error._tag === "ChallengeAnswered") return "a challenge"
  if (error._tag !== "UnexpectedStatus") return null
  if (error.status === 403) return "status 403"
  return error.isChallenge ? `a challenge with status ${error.status}` : null
}

/**
 * Pages as the wiki serves them now. Where Fandom refuses a page or puts a challenge before it, the
 * page's content comes from Fandom's MediaWiki API; no other host is ever asked for an API.
 */
export const livePages = Effect.fnUntraced(function* (limits: FetchLimits) {
  const client = yield* wikiClient
  return (page: WikiPage): Effect.Effect<PageContent, PageError> =>
    Effect.catch(fetchContent(client, limits, pageRequest(page)), (error) => {
      const address = isFandomUrl(page.url) ? apiAddress(page) : null
      const pageAnswer = refusal(error)
      return address === null || pageAnswer === null
        ? Effect.fail(error)
        : fetchContent(client, limits, apiRequest(page, address, pageAnswer))
    })
})

/** The live wiki, over this machine's network. */
export const liveWiki = livePages(wikiFetchLimits).pipe(Effect.provide(FetchHttpClient.layer))
