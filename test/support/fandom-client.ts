import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import { WikiClient } from "../../lib/wiki/source/wiki-client.ts"
import type { StandInWiki } from "./stand-in-wiki.ts"

const addressAt = (wiki: StandInWiki, url: URL): string =>
  url.pathname.endsWith("/api.php")
    ? `${wiki.api}${url.search}`
    : `${wiki.addressOf(url.pathname.replace(/^.*\//, ""))}${url.search}`

const rerouted = (wiki: StandInWiki): Layer.Layer<HttpClient.HttpClient> =>
  Layer.effect(
    HttpClient.HttpClient,
    Effect.map(
      HttpClient.HttpClient,
      HttpClient.mapRequest((request) => {
        const url = new URL(request.url)
        return url.protocol === "https:" && url.hostname.endsWith(".fandom.com")
          ? request.pipe(
              HttpClientRequest.setUrl(addressAt(wiki, url)),
              HttpClientRequest.setHeader("host", url.host),
            )
          : request
      }),
    ),
  ).pipe(Layer.provide(FetchHttpClient.layer))

/**
 * The client for wikis, whose requests to Fandom's hosts reach the stand-in wiki, as if DNS led
 * there. Requests to all other hosts are left alone.
 */
export const fandomClient = (wiki: StandInWiki): Layer.Layer<WikiClient> =>
  WikiClient.layer.pipe(Layer.provide(rerouted(wiki)))
