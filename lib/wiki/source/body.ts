import { TextDecoder } from "node:util"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import {
  BodyTooLarge,
  CurrentRequest,
  networkError,
  UnreadableText,
  UnsupportedContent,
} from "./page-errors.ts"
import type { HostAnswer } from "./redirects.ts"
import { FetchLimits } from "./retry.ts"

const mediaTypeOf = (contentType: string): string =>
  (contentType.split(";", 1)[0] ?? "").trim().toLowerCase()

const charsetParameter = /;\s*charset\s*=\s*"?([^\s";]+)/i

const charsetOf = (contentType: string): string =>
  charsetParameter.exec(contentType)?.[1] ?? "utf-8"

// Stops at the limit, so that an endless or a hugely inflating body costs no more than that.
const readBytes = Effect.fnUntraced(function* ({ response, host }: HostAnswer) {
  const { bodyBytes: limit } = yield* FetchLimits
  const info = yield* CurrentRequest
  const chunks: Uint8Array[] = []
  let size = 0
  yield* response.stream.pipe(
    Stream.mapError((error) => networkError(info, host, error.cause)),
    Stream.runForEach((chunk) => {
      chunks.push(chunk)
      size += chunk.byteLength
      return size > limit ? Effect.fail(new BodyTooLarge({ ...info, limit })) : Effect.void
    }),
  )
  return Buffer.concat(chunks)
})

/**
 * The text of an answer: of the media type expected, in the character set its header names or else
 * UTF-8, and no larger than the limits allow.
 */
export const readText = Effect.fnUntraced(function* (answer: HostAnswer, expected: string) {
  const info = yield* CurrentRequest
  const contentType = answer.response.headers["content-type"] ?? null
  if (contentType === null || mediaTypeOf(contentType) !== expected)
    return yield* new UnsupportedContent({ ...info, expected, contentType })
  const charset = charsetOf(contentType)
  const decoder = yield* Effect.try({
    try: () => new TextDecoder(charset, { fatal: true }),
    catch: () => new UnreadableText({ ...info, charset, isKnown: false }),
  })
  const bytes = yield* readBytes(answer)
  return yield* Effect.try({
    try: () => decoder.decode(bytes),
    catch: () => new UnreadableText({ ...info, charset, isKnown: true }),
  })
})
