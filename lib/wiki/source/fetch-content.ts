import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { readText } from "./body.ts"
import type { Asked } from "./fetch-failure.ts"
import type { FetchLimits } from "./fetch-limits.ts"
import { FetchTimedOut } from "./network-errors.ts"
import type { PageError } from "./page-error.ts"
import { UnexpectedStatus } from "./page-errors.ts"
import type { PageContent } from "./page-source.ts"
import { followRedirects } from "./redirects.ts"
import { currentAttempt, withRetries } from "./retry.ts"
import { parseRetryAfter } from "./retry-after.ts"
import type { WikiClient } from "./wiki-client.ts"

/** Where and how to ask for a page's content. */
export interface ContentRequest {
  /** The page's address as listed; its host says where the content may come from. */
  readonly page: string
  /** The address to ask, which is the page's own or its wiki's API. */
  readonly address: URL
  /** The only media type to accept. */
  readonly mediaType: "text/html" | "application/json"
  /** What the page itself answered, where the API is asked in its place; else null. */
  readonly pageAnswer: string | null
  /** Finds the content in the text of an answer. */
  readonly read: (text: string, asked: Asked) => Result.Result<PageContent, PageError>
}

const attempt = Effect.fnUntraced(function* (
  client: WikiClient,
  limits: FetchLimits,
  { page, address, mediaType, read }: ContentRequest,
  asked: Asked,
) {
  const start = { page: new URL(page), address, mediaType }
  const { response, host } = yield* followRedirects(client, start, limits, asked)
  const { status, headers } = response
  const text = readText(response, mediaType, limits, asked, host)
  if (status === 200) return yield* Effect.fromResult(read(yield* text, asked))
  const retryAfter = parseRetryAfter(headers["retry-after"], yield* Clock.currentTimeMillis)
  const isChallenge = yield* text.pipe(
    Effect.map((answer) => Result.isFailure(read(answer, asked))),
    Effect.orElseSucceed(() => false),
  )
  return yield* new UnexpectedStatus({ ...asked, status, isChallenge, retryAfter })
})

const timedAttempt = Effect.fnUntraced(function* (
  client: WikiClient,
  limits: FetchLimits,
  request: ContentRequest,
) {
  const { page, pageAnswer } = request
  const asked = { page, pageAnswer, attempts: yield* currentAttempt }
  const seconds = Duration.toSeconds(limits.attemptTime)
  return yield* attempt(client, limits, request, asked).pipe(
    Effect.scoped,
    Effect.timeoutOrElse({
      duration: limits.attemptTime,
      orElse: () => Effect.fail(new FetchTimedOut({ ...asked, seconds })),
    }),
  )
})

/** Fetches a page's content, as patiently as the limits say. */
export const fetchContent = (
  client: WikiClient,
  limits: FetchLimits,
  request: ContentRequest,
): Effect.Effect<PageContent, PageError> =>
  withRetries(timedAttempt(client, limits, request), limits)
