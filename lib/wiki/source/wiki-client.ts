import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import project from "../../../package.json" with { type: "json" }

/** Where the project can be found by those who see it in their logs. */
const repository = "https://github.com/towerstats/towerstats"

const userAgent = `TowerStats/${project.version} (+${repository})`

const makeClient = Effect.map(HttpClient.HttpClient, (client) =>
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

/**
 * The HTTP client for wikis: it names the project and nothing else about its caller, leaves redirects
 * to the caller, and drops the connection of an answer that is not read to its end with the scope.
 */
export class WikiClient extends Context.Service<WikiClient, Effect.Success<typeof makeClient>>()(
  "towerstats/wiki/WikiClient",
) {
  static readonly layer = Layer.effect(WikiClient, makeClient)
}
