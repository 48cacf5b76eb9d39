import { readdir } from "node:fs/promises"
import { resolve } from "node:path"
import { startFaultyConnections } from "./faulty-connections.ts"
import { parsedContent } from "./parsed-content.ts"
import {
  type ApiFault,
  apiFaults,
  type ConnectionFault,
  type PageFault,
  pageFaults,
  type WikiCall,
} from "./wiki-faults.ts"

/** A wiki on this machine: it serves a folder's pages, and misbehaves on demand. */
export interface StandInWiki {
  /** Answers a request as this wiki does, whichever server received it. */
  readonly answer: (request: Request) => Response | Promise<Response>
  /** Where a page is served, or not served if its connection is to fail. */
  readonly addressOf: (title: string) => string
  /** Where its API is served. */
  readonly api: string
  /** Makes requests for a page go wrong from now on, in these ways. */
  readonly misbehave: (title: string, faults: Faults) => void
  /** How often a page was asked for, from the page itself and from the API. */
  readonly requests: (title: string) => { readonly page: number; readonly api: number }
  /** How many answers are still under way. */
  readonly pending: () => number
  /** What the last request brought with it. */
  readonly lastHeaders: () => Readonly<Record<string, string>>
  /** Forgets all faults and counts. */
  readonly reset: () => void
  readonly stop: () => Promise<void>
}

/** What goes wrong with a page, by each way to it. */
export interface Faults {
  readonly connection?: ConnectionFault
  readonly page?: PageFault
  readonly api?: ApiFault
}

const readPages = async (folder: string): Promise<ReadonlyMap<string, string>> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".html"))
  const pages = names.map(
    async (name) =>
      [name.replace(/\.html$/, ""), await Bun.file(resolve(folder, name)).text()] as const,
  )
  return new Map(await Promise.all(pages))
}

const servePage = ({ html }: WikiCall): Response =>
  new Response(html ?? "<!DOCTYPE html><p>There is currently no text in this page.</p>", {
    status: html === null ? 404 : 200,
    headers: { "content-type": "text/html; charset=UTF-8" },
  })

const parseParameters = { action: "parse", prop: "text|revid", format: "json", formatversion: "2" }

const serveApi = ({ title, url, html }: WikiCall): Response => {
  const wrong = Object.entries(parseParameters).find(
    ([name, value]) => url.searchParams.get(name) !== value,
  )
  if (wrong !== undefined)
    return Response.json({ error: { code: "badvalue", info: `Unrecognized ${wrong[0]}.` } })
  if (html === null) {
    const info = "The page you specified doesn't exist."
    return Response.json({ error: { code: "missingtitle", info } })
  }
  return Response.json({
    parse: { title: title.replaceAll("_", " "), pageid: 1, ...parsedContent(html) },
  })
}

class Tally {
  readonly #counts = new Map<string, number>()
  of(name: string): number {
    return this.#counts.get(name) ?? 0
  }
  add(name: string): number {
    const count = this.of(name) + 1
    this.#counts.set(name, count)
    return count
  }
  clear(): void {
    this.#counts.clear()
  }
}

const titleOf = (url: URL): string => decodeURIComponent(url.pathname.replace(/^.*\//, ""))

/** Starts a wiki that serves the pages saved in a folder. */
export const startStandInWiki = async (folder: string): Promise<StandInWiki> => {
  const pages = await readPages(folder)
  const faults = new Map<string, Faults>()
  const asked = { page: new Tally(), api: new Tally() }
  let lastHeaders: Readonly<Record<string, string>> = {}

  const answer = (request: Request): Response | Promise<Response> => {
    lastHeaders = Object.fromEntries(request.headers)
    const url = new URL(request.url)
    const isApi = url.pathname.endsWith("/api.php")
    const title = isApi ? (url.searchParams.get("page") ?? "") : titleOf(url)
    const count = asked[isApi ? "api" : "page"].add(title)
    const call = { title, count, url, html: pages.get(title) ?? null }
    const { page, api } = faults.get(title) ?? {}
    if (isApi) return (api && apiFaults[api](call)) ?? serveApi(call)
    return (page && pageFaults[page](call)) ?? servePage(call)
  }
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, idleTimeout: 0, fetch: answer })

  const faulty = startFaultyConnections((target) => {
    asked.page.add(titleOf(new URL(target, "http://127.0.0.1")))
  })
  const origin = `http://127.0.0.1:${server.port}`
  const originOf = (title: string): string => {
    const fault = faults.get(title)?.connection
    return fault === undefined ? origin : faulty.originOf(fault)
  }

  return {
    answer,
    addressOf: (title) => `${originOf(title)}/wiki/${title}`,
    api: `${origin}/api.php`,
    misbehave: (title, added) => {
      faults.set(title, { ...faults.get(title), ...added })
    },
    requests: (title) => ({ page: asked.page.of(title), api: asked.api.of(title) }),
    pending: () => server.pendingRequests,
    lastHeaders: () => lastHeaders,
    reset: () => {
      faults.clear()
      lastHeaders = {}
      asked.page.clear()
      asked.api.clear()
    },
    stop: async () => {
      faulty.stop()
      await server.stop(true)
    },
  }
}
