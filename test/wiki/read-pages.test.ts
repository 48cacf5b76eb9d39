import { describe, expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import type { WikiPage } from "../../lib/wiki/catalogue.ts"
import { readPages } from "../../lib/wiki/read-pages.ts"
import { ConnectionRefused } from "../../lib/wiki/source/page-errors.ts"
import { bundledHtml, bundledPages } from "./pages.ts"

const bundled = (page: WikiPage): Effect.Effect<string> => Effect.promise(() => bundledHtml(page))

describe("pages", () => {
  test("are asked for two at a time", async () => {
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

  test("are read although another one fails", async () => {
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
