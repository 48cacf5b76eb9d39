import * as Effect from "effect/Effect"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Result from "effect/Result"
import { addressProblem } from "./addresses.ts"
import type { Asked } from "./fetch-failure.ts"
import type { FetchLimits } from "./fetch-limits.ts"
import { networkError } from "./network-errors.ts"
import { AddressRefused, RedirectRefused } from "./page-errors.ts"
import type { WikiClient } from "./wiki-client.ts"

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

const withoutCredentials = (address: URL): string => {
  const shown = new URL(address)
  shown.username = ""
  shown.password = ""
  return shown.href
}

const nextAddress = (
  page: URL,
  from: URL,
  location: string,
  asked: Asked,
): Result.Result<URL, RedirectRefused> => {
  const address = URL.parse(location, from.href)
  if (address === null)
    return Result.fail(new RedirectRefused({ ...asked, location, problem: "which is no address" }))
  const problem = addressProblem(page, address)
  return problem === null
    ? Result.succeed(address)
    : Result.fail(new RedirectRefused({ ...asked, location: withoutCredentials(address), problem }))
}

/** Where to begin, for which page, and the media type to ask for. */
interface Start {
  readonly page: URL
  readonly address: URL
  readonly mediaType: string
}

/**
 * Asks for an address and follows redirects, each only where the page may be taken from the place it
 * names. Gives the first answer that is no redirect, and the host it came from.
 */
export const followRedirects = Effect.fnUntraced(function* (
  client: WikiClient,
  { page, address: start, mediaType }: Start,
  limits: FetchLimits,
  asked: Asked,
) {
  const problem = addressProblem(page, start)
  if (problem !== null)
    return yield* new AddressRefused({ ...asked, page: withoutCredentials(page), problem })
  let address = start
  for (let followed = 0; ; followed++) {
    const { host } = address
    const response = yield* client
      .execute(HttpClientRequest.get(address.href, { headers: { accept: mediaType } }))
      .pipe(Effect.mapError((error) => networkError(asked, host, error.cause)))
    const { location } = response.headers
    if (!redirectStatuses.has(response.status) || location === undefined) return { response, host }
    if (followed === limits.redirects) {
      const problem = `after ${limits.redirects} redirects already`
      return yield* new RedirectRefused({ ...asked, location, problem })
    }
    address = yield* Effect.fromResult(nextAddress(page, address, location, asked))
  }
})
