import * as Effect from "effect/Effect"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import type { HttpClientResponse } from "effect/http/HttpClientResponse"
import { addressProblem } from "./addresses.ts"
import { AddressRefused, CurrentRequest, networkError, RedirectRefused } from "./page-errors.ts"
import { FetchLimits } from "./retry.ts"
import { WikiClient } from "./wiki-client.ts"

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

const withoutCredentials = (address: URL): string => {
  const shown = new URL(address)
  shown.username = ""
  shown.password = ""
  return shown.href
}

const nextAddress = Effect.fnUntraced(function* (page: URL, from: URL, location: string) {
  const info = yield* CurrentRequest
  const address = URL.parse(location, from.href)
  if (address === null)
    return yield* new RedirectRefused({ ...info, location, problem: "which is no address" })
  const problem = addressProblem(page, address)
  if (problem !== null)
    return yield* new RedirectRefused({ ...info, location: withoutCredentials(address), problem })
  return address
})

/** Where to begin, for which page, and the media type to ask for. */
interface Start {
  readonly page: URL
  readonly address: URL
  readonly mediaType: string
}

/** An answer that is no redirect, and the host it came from. */
export interface HostAnswer {
  readonly response: HttpClientResponse
  readonly host: string
}

/**
 * Asks for an address and follows redirects, each only where the page may be taken from the place it
 * names.
 */
export const followRedirects = Effect.fnUntraced(function* ({
  page,
  address: start,
  mediaType,
}: Start) {
  const client = yield* WikiClient
  const { redirects } = yield* FetchLimits
  const info = yield* CurrentRequest
  const problem = addressProblem(page, start)
  if (problem !== null)
    return yield* new AddressRefused({ ...info, page: withoutCredentials(page), problem })
  let address = start
  for (let followed = 0; ; followed++) {
    const { host } = address
    const response = yield* client
      .execute(HttpClientRequest.get(address.href, { headers: { accept: mediaType } }))
      .pipe(Effect.mapError((error) => networkError(info, host, error.cause)))
    const { location } = response.headers
    if (!redirectStatuses.has(response.status) || location === undefined)
      return { response, host } satisfies HostAnswer
    if (followed === redirects) {
      const problem = `after ${redirects} redirects already`
      return yield* new RedirectRefused({ ...info, location, problem })
    }
    address = yield* nextAddress(page, address, location)
  }
})
