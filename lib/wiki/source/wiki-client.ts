import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import { userAgent } from "./user-agent.ts"

/**
 * The HTTP client for wikis: it says who asks and nothing else about its caller, leaves redirects
 * to it, and drops the connection of an answer that is not read to its end with the scope.
 */
export const wikiClient = Effect.map(HttpClient.HttpClient, (client) =>
  client.pipe(
    HttpClient.mapRequest(HttpClientRequest.setHeader("user-agent", userAgent)),
    HttpClient.transformResponse((response) =>
      response.pipe(
        Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" }),
        Effect.provideService(HttpClient.TracerDisabledWhen, () => true),
      ),
    ),
    HttpClient.withScope,
  ),
)

export type WikiClient = Effect.Success<typeof wikiClient>
