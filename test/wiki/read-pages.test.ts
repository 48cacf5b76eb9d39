import { describe, expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import { catalogue, type WikiPage } from "../../lib/wiki/catalogue.ts"
import { readPages } from "../../lib/wiki/read-pages.ts"
import { ConnectionRefused } from "../../lib/wiki/source/page-errors.ts"
import { SavedPageMissing } from "../../lib/wiki/source/saved-pages.ts"
import { quietly } from "../support/quiet.ts"
import { bundledHtml, bundledPages, wikiPage } from "./pages.ts"

quietly()

const bundled = (page: WikiPage): Effect.Effect<string> => Effect.promise(() => bundledHtml(page))

describe("pages", () => {
  test("pages are fetched two at a time", async () => {
    let open = 0
    let most = 0
    const source = (page: WikiPage) =>
      Effect.gen(function* () {
        most = Math.max(most, ++open)
        yield* Effect.sleep("1 millis")
        open--
        return yield* bundled(page)
      })
    const { pages, problems } = await Effect.runPromise(readPages(source, bundledPages, {}))
    expect(most).toBe(2)
    expect(pages.map(({ pageUrl }) => pageUrl)).toEqual(bundledPages.map(({ url }) => url))
    expect(problems).toEqual([])
  })

  test("pages are read although another one fails", async () => {
    const refused = new ConnectionRefused({
      page: "https://wiki.test/wiki/Flame_Bot",
      attempts: 4,
      pageAnswer: null,
      host: "wiki.test",
    })
    const source = (page: WikiPage): Effect.Effect<string, ConnectionRefused> =>
      page.title === "Flame_Bot" ? Effect.fail(refused) : bundled(page)
    const { pages, problems } = await Effect.runPromise(readPages(source, bundledPages, {}))
    expect(pages).toHaveLength(bundledPages.length - 1)
    expect(problems.map(({ message }) => message)).toEqual([refused.message])
  })
})

describe("a page that may be elsewhere", () => {
  const guardian = bundledPages.filter(({ title }) => title === "Guardian")
  const empty = wikiPage("<p>See Chips.</p>")

  const read = (pages: Readonly<Record<string, string>>) =>
    Effect.runPromise(
      readPages(
        (page: WikiPage) => {
          const html = pages[page.title]
          return html === undefined
            ? Effect.fail(new SavedPageMissing({ page: page.url, file: page.fileName }))
            : Effect.succeed(html)
        },
        guardian,
        {},
      ),
    )

  test.each(["is gone", "has no tables any more"])(
    "a page that may be elsewhere is read where the wiki has moved its tables, if it %s",
    async (how) => {
      const [page] = guardian
      if (page === undefined) throw new Error("the catalogue has no Guardian")
      const chips = await bundledHtml(page)
      const { pages, problems } = await read({
        Chips: chips.replace('"wgPageName":"Guardian"', '"wgPageName":"Chips"'),
        ...(how === "is gone" ? {} : { Guardian: empty }),
      })
      expect(problems).toEqual([])
      expect(pages.map(({ pageUrl }) => pageUrl.replace(/.*\//, ""))).toEqual(["Chips"])
    },
  )

  test("a page that may be elsewhere is a problem of the page itself where neither has its tables", async () => {
    const { problems } = await read({ Guardian: empty })
    expect(problems.map(({ page }) => page.replace(/.*\//, ""))).toEqual(["Guardian"])
  })
})

test("a page that may not be there yet is no problem, and is said to be absent", async () => {
  const source = (page: WikiPage) =>
    Effect.fail(new SavedPageMissing({ page: page.url, file: page.fileName }))
  const newest = catalogue.filter(({ mayBeAbsent }) => mayBeAbsent)
  const { problems, absent } = await Effect.runPromise(readPages(source, newest, {}))
  expect(problems).toEqual([])
  expect(absent.map(({ page }) => page.replace(/.*\//, ""))).toEqual(["Bot_Bot#Cost"])
})
