import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import type { WikiPage } from "../catalogue.ts"
import { contentStart } from "../page/content.ts"
import { listsCategory } from "../page/links.ts"
import { isFandomUrl } from "./addresses.ts"
import { type ContentRequest, fetchContent } from "./fetch-content.ts"
import { apiAddress, readAnswer } from "./mediawiki-api.ts"
import { ChallengeAnswered, type PageError } from "./page-errors.ts"
import { WikiClient } from "./wiki-client.ts"

function pageRequest(page: WikiPage): ContentRequest {
  const address = new URL(page.url)
  address.hash = ""
  return {
    page: page.url,
    address,
    mediaType: "text/html",
    pageAnswer: null,
    read: (html, info) =>
      contentStart(html) === null && !listsCategory(html)
        ? Result.fail(new ChallengeAnswered(info))
        : Result.succeed(html),
  }
}

const apiRequest = (page: WikiPage, address: URL, pageAnswer: string): ContentRequest => ({
  page: page.url,
  address,
  mediaType: "application/json",
  pageAnswer,
  read: (json, info) => readAnswer(address.searchParams.get("page") ?? page.title, json, info),
})

/** How Fandom turned automation away, where it did: its API answers in the page's place. */
function refusal(error: PageError): string | null {
  if (error._tag === "ChallengeAnswered") return "a challenge"
  if (error._tag !== "UnexpectedStatus") return null
  if (error.status === 403) return "status 403"
  return error.isChallenge ? `a challenge with status ${error.status}` : null
}

const fetchPage = (page: WikiPage) =>
  Effect.catch(fetchContent(pageRequest(page)), (error) => {
    const address = isFandomUrl(page.url) ? apiAddress(page) : null
    const pageAnswer = refusal(error)
    return address === null || pageAnswer === null
      ? Effect.fail(error)
      : fetchContent(apiRequest(page, address, pageAnswer))
  })

/**
 * Pages as the wiki serves them now. Where Fandom refuses a page or puts a challenge before it, the
 * page's content comes from Fandom's MediaWiki API; no other host is ever asked for an API.
 */
export const livePages = Effect.map(
  WikiClient,
  (client) => (page: WikiPage) => Effect.provideService(fetchPage(page), WikiClient, client),
)

/** The live wiki, over this machine's network. */
export const liveWiki = livePages.pipe(
  Effect.provide(WikiClient.layer.pipe(Layer.provide(FetchHttpClient.layer))),
)
