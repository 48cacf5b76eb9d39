import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import { platform } from "../../../lib/command/run-command.ts"
import { pagesFor, type WikiPage } from "../../../lib/wiki/catalogue.ts"
import { scrapePage } from "../../../lib/wiki/scrape.ts"
import type { PageSource } from "../../../lib/wiki/source/page-source.ts"
import {
  type SavedPageError,
  type SavedPagesUnreadable,
  savedPages,
  savePages,
} from "../../../lib/wiki/source/saved-pages.ts"

const goldenBot = pagesFor(["bots"]).filter(({ title }) => title === "Golden_Bot")

const content = `<div class="mw-parser-output"><h2><span class="mw-headline" id="Cost">Cost</span></h2>
<table><tr><th>Level</th><th>Bonus ×</th><th>Cost</th></tr><tr><td>1</td><td>×5</td><td>100</td></tr></table></div>`
const framed = `<!DOCTYPE html><script>RLCONF={"wgRevisionId":41};</script>${content}`

let folder = ""
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "save-pages-"))
})
afterEach(() => rm(folder, { recursive: true }))

const source =
  (html: string): PageSource<never> =>
  () =>
    Effect.succeed(html)

const save = (from: PageSource<never>, to = folder) =>
  Effect.flatMap(savePages(from, to), (keeping) => Effect.forEach(goldenBot, keeping)).pipe(
    Effect.provide(platform),
  )

const readBack = (): Promise<readonly string[]> =>
  Effect.flatMap(savedPages(folder), (saved) => Effect.forEach(goldenBot, saved)).pipe(
    Effect.provide(platform),
    Effect.runPromise,
  )

const scraped = (page: WikiPage, html: string) => scrapePage(page, html)

describe("a page that is kept", () => {
  test("a page that is kept is the folder's only file, named by its title, as it came", async () => {
    await Effect.runPromise(save(source(framed)))
    expect(await readdir(folder)).toEqual(["Golden_Bot.html"])
    expect(await Bun.file(join(folder, "Golden_Bot.html")).text()).toBe(framed)
  })

  test("a page that is kept is handed on as it came", async () => {
    expect(await Effect.runPromise(save(source(content)))).toEqual([content])
  })

  test("a page that is kept replaces the copy of an earlier run, in a folder made for it", async () => {
    const inner = join(folder, "wiki/today")
    await Effect.runPromise(save(source("an older page"), inner))
    await Effect.runPromise(save(source(framed), inner))
    expect(await readdir(inner)).toEqual(["Golden_Bot.html"])
    expect(await Bun.file(join(inner, "Golden_Bot.html")).text()).toBe(framed)
  })

  test("a page that is kept reads again as the same rows of the same revision", async () => {
    await Effect.runPromise(save(source(framed)))
    const [again] = await readBack()
    if (again === undefined) throw new Error("nothing was kept")
    for (const page of goldenBot) {
      expect(scraped(page, again)).toEqual(scraped(page, framed))
      expect(scraped(page, again)).toMatchObject({ success: { pageRevision: 41 } })
    }
  })
})

describe("a page that cannot be kept", () => {
  test("a folder that cannot be made fails before anything is fetched", async () => {
    const file = join(folder, "taken")
    await Bun.write(file, "a file")
    const error = await Effect.runPromise(Effect.flip(save(source(framed), file)))
    expect(error._tag).toBe("SaveFailed")
    expect(error.message).toStartWith(`${file} cannot be written: EEXIST`)
    expect(error.message).toEndWith("Give --save a folder that you may write to.")
  })

  test("a page that cannot be kept is named by its file, and nothing is half-written", async () => {
    const file = join(folder, "Golden_Bot.html")
    await mkdir(join(file, "taken"), { recursive: true })
    const error = await Effect.runPromise(Effect.flip(save(source(framed))))
    expect(error._tag).toBe("SaveFailed")
    expect(error.message).toStartWith(`${file} cannot be written: `)
    expect(await readdir(folder)).toEqual(["Golden_Bot.html"])
  })
})

describe("a saved page", () => {
  const failure = (): Promise<SavedPageError | SavedPagesUnreadable> =>
    Effect.flatMap(savedPages(folder), (saved) => Effect.forEach(goldenBot, saved)).pipe(
      Effect.flip,
      Effect.provide(platform),
      Effect.runPromise,
    )

  test("a saved page that is missing is named with its file", async () => {
    expect(await failure()).toMatchObject({ _tag: "SavedPageMissing" })
  })

  test("a saved page in another encoding than UTF-8 is refused, not read with spoilt letters", async () => {
    await Bun.write(join(folder, "Golden_Bot.html"), Buffer.from(framed, "latin1"))
    const error = await failure()
    expect(error._tag).toBe("SavedPageNotUtf8")
    expect(error.message).toContain(join(folder, "Golden_Bot.html"))
    expect(error.message).toEndWith("Save the page again in that encoding.")
  })
})
