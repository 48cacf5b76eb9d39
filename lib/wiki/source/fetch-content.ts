import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { readText } from "./body.ts"
import {
  CurrentRequest,
  FetchTimedOut,
  type PageError,
  type RequestInfo,
  UnexpectedStatus,
} from "./page-errors.ts"
import { followRedirects } from "./redirects.ts"
import { currentAttempt, FetchLimits, parseRetryAfter, withRetries } from "./retry.ts"
import type { WikiClient } from "./wiki-client.ts"

/** Where and how to ask for a page's content. */
export interface ContentRequest {
  /** The page's address as listed; its host says where the content may come from. */
  readonly page: string
  /** The address to ask, which is the page's own or its wiki's API. */
  readonly address: URL
  /** The only media type to accept. */
  readonly mediaType: "text/html" | "application/json"
  /** How the page itself was refused, if the API is asked instead; otherwise null. */
  readonly pageAnswer: string | null
  /** Finds the page's HTML in the text of an answer. */
  readonly read: (text: string, info: RequestInfo) => Result.Result<string, PageError>
}

const attempt = Effect.fnUntraced(function* ({ page, address, mediaType, read }: ContentRequest) {
  const info = yield* CurrentRequest
  const answer = yield* followRedirects({ page: new URL(page), address, mediaType })
  const { status, headers } = answer.response
  const text = readText(answer, mediaType)
  if (status === 200) return yield* Effect.fromResult(read(yield* text, info))
  const retryAfter = parseRetryAfter(headers["retry-after"], yield* Clock.currentTimeMillis)
  const isChallenge = yield* text.pipe(
    Effect.map((body) => Result.isFailure(read(body, info))),
    Effect.orElseSucceed(() => false),
  )
  return yield* new UnexpectedStatus({ ...info, status, isChallenge, retryAfter })
})

const timedAttempt = Effect.fnUntraced(function* (request: ContentRequest) {
  const { page, pageAnswer } = request
  const { attemptTime } = yield* FetchLimits
  const info = { page, pageAnswer, attempts: yield* currentAttempt }
  const seconds = Duration.toSeconds(attemptTime)
  return yield* attempt(request).pipe(
    Effect.provideService(CurrentRequest, info),
    Effect.scoped,
    Effect.timeoutOrElse({
      duration: attemptTime,
      orElse: () => Effect.fail(new FetchTimedOut({ ...info, seconds })),
    }),
  )
})

/** Fetches a page's HTML, with retries within the limits. */
export const fetchContent = (
  request: ContentRequest,
): Effect.Effect<string, PageError, WikiClient> => withRetries(timedAttempt(request))
