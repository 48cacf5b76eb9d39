import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { type FandomGateway, startFandomGateway } from "../../support/fandom-gateway.ts"
import { type StandInWiki, startStandInWiki } from "../../support/stand-in-wiki.ts"
import { bundledPages } from "../pages.ts"

const demoPages = resolve(import.meta.dir, "../../../lib/demo/wiki")
const readWiki = resolve(import.meta.dir, "../../support/read-wiki.ts")

let wiki: StandInWiki
let fandom: FandomGateway
let folder = ""
beforeAll(async () => {
  wiki = await startStandInWiki(demoPages)
  fandom = await startFandomGateway(wiki)
  folder = await mkdtemp(join(tmpdir(), "choose-source-"))
})
beforeEach(() => wiki.reset())
afterAll(async () => {
  await fandom.stop()
  await wiki.stop()
  await rm(folder, { recursive: true })
})

/** Reads the wiki in a process of its own, as a command does. */
const read = async (
  flags: { readonly from?: string; readonly save?: string; readonly title?: string },
  environment = fandom.environment,
) => {
  const child = Bun.spawn([process.execPath, readWiki, JSON.stringify(flags)], {
    env: { PATH: process.env.PATH, ...environment },
    stderr: "pipe",
  })
  const [printed, problems, exitCode] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  if (exitCode !== 0) throw new Error(problems)
  return JSON.parse(printed)
}

describe("the source of pages", () => {
  test("the source of pages is Fandom where no folder is named, and what it gave can be kept", async () => {
    const live = await read({ save: folder })
    expect(live.problems).toEqual([])
    expect(live.pages).toHaveLength(bundledPages.length)
    expect(live.httpIsLoaded).toBe(true)
    expect(wiki.requests("Golden_Bot")).toEqual({ page: 1, api: 0 })
    expect((await readdir(folder)).sort()).toEqual(bundledPages.map((page) => page.fileName).sort())
  })

  test("the source of pages is Fandom's API where Fandom refuses the page", async () => {
    wiki.misbehave("Golden_Bot", { page: "forbidden" })
    const { pages, problems } = await read({ title: "Golden_Bot" })
    expect(problems).toEqual([])
    expect(pages).toMatchObject([{ pageRevision: 1005 }])
    expect(wiki.requests("Golden_Bot")).toEqual({ page: 1, api: 1 })
  })

  test("the source of pages is the folder named, and then no HTTP client is even loaded", async () => {
    const saved = await read({ from: demoPages }, {})
    expect(saved.problems).toEqual([])
    expect(saved.pages).toHaveLength(bundledPages.length)
    expect(saved.httpIsLoaded).toBe(false)
    expect(wiki.requests("Golden_Bot")).toEqual({ page: 0, api: 0 })
  })

  test("a host that only claims to be Fandom is no source of pages", async () => {
    const { NODE_EXTRA_CA_CERTS: _, ...untrusted } = fandom.environment
    const { pages, problems } = await read({ title: "Golden_Bot" }, untrusted)
    expect(pages).toEqual([])
    expect(problems).toEqual([
      expect.objectContaining({
        page: bundledPages.find(({ title }) => title === "Golden_Bot")?.url,
        message: expect.stringMatching(
          /the certificate of \S+fandom.com is not to be trusted, .+ \(1 attempt\)/,
        ),
      }),
    ])
    expect(wiki.requests("Golden_Bot")).toEqual({ page: 0, api: 0 })
  })
})
