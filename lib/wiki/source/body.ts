import { TextDecoder } from "node:util"
import * as Effect from "effect/Effect"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { Asked } from "./fetch-failure.ts"
import type { FetchLimits } from "./fetch-limits.ts"
import { networkError } from "./network-errors.ts"
import { BodyTooLarge, UnreadableText, UnsupportedContent } from "./page-errors.ts"

const mediaTypeOf = (contentType: string): string =>
  (contentType.split(";", 1)[0] ?? "").trim().toLowerCase()

const charsetParameter = /;\s*charset\s*=\s*"?([^\s";]+)/i

const charsetOf = (contentType: string): string =>
  charsetParameter.exec(contentType)?.[1] ?? "utf-8"

const decoderFor = (charset: string, asked: Asked): Result.Result<TextDecoder, UnreadableText> =>
  Result.try({
    try: () => new TextDecoder(charset, { fatal: true }),
    catch: () => new UnreadableText({ ...asked, charset, isKnown: false }),
  })

// Stops at the limit, so that an endless or a hugely inflating body costs no more than that.
const readBytes = (
  response: HttpClientResponse,
  { bodyBytes }: FetchLimits,
  asked: Asked,
  host: string,
) =>
  Effect.suspend(() => {
    const chunks: Uint8Array[] = []
    let size = 0
    return response.stream.pipe(
      Stream.mapError((error) => networkError(asked, host, error.cause)),
      Stream.runForEach((chunk) => {
        chunks.push(chunk)
        size += chunk.byteLength
        return size > bodyBytes
          ? Effect.fail(new BodyTooLarge({ ...asked, limit: bodyBytes }))
          : Effect.void
      }),
      Effect.map(() => Buffer.concat(chunks)),
    )
  })

/**
 * The text of an answer: of the media type expected, in the character set its header names or else
 * UTF-8, and no larger than the limits allow.
 */
export const readText = Effect.fnUntraced(function* (
  response: HttpClientResponse,
  expected: string,
  limits: FetchLimits,
  asked: Asked,
  host: string,
) {
  const contentType = response.headers["content-type"] ?? null
  if (contentType === null || mediaTypeOf(contentType) !== expected)
    return yield* new UnsupportedContent({ ...asked, expected, contentType })
  const charset = charsetOf(contentType)
  const decoder = yield* Effect.fromResult(decoderFor(charset, asked))
  const bytes = yield* readBytes(response, limits, asked, host)
  return yield* Effect.try({
    try: () => decoder.decode(bytes),
    catch: () => new UnreadableText({ ...asked, charset, isKnown: true }),
  })
})
