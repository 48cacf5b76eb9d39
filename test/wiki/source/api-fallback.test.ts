import { describe, expect, test } from "bun:test"
import * as Result from "effect/Result"
import { customPage } from "../../../lib/wiki/custom-page.ts"
import { readDocument } from "../../../lib/wiki/page/document.ts"
import { apiAddress } from "../../../lib/wiki/source/mediawiki-api.ts"
import type { Faults } from "../../support/stand-in-wiki.ts"
import { goldenBot, named, onStandInWiki } from "./on-stand-in-wiki.ts"

const on = onStandInWiki()

describe("the API of Fandom", () => {
  test.each<[Faults, number]>([
    [{ page: "forbidden" }, 1],
    [{ page: "a challenge" }, 1],
    [{ page: "a challenge with status 503" }, 4],
    [{ page: "forbidden", api: "broken twice" }, 1],
  ])("the API of Fandom gives a page's content and revision for %j", async (faults, requests) => {
    on.wiki.misbehave("Golden_Bot", faults)
    const document = Result.getOrThrow(readDocument(goldenBot.url, await on.fetchPage(goldenBot)))
    expect(document.tables.length).toBeGreaterThan(0)
    expect(document.revision).toBe(1005)
    expect(document.served.title).toBe("Golden_Bot")
    expect(on.wiki.requests("Golden_Bot")).toEqual({
      page: requests,
      api: faults.api === undefined ? 1 : 3,
    })
  })

  test.each(
    named([
      {
        faults: { page: "forbidden", api: "an error" },
        error: "ApiRefused",
        says: "from the wiki's API (the page itself: status 403): the API refused, readonly, \"The wiki",
        page: 1,
        api: 1,
      },
      {
        faults: { page: "a challenge", api: "wrong JSON" },
        error: "ApiAnswerUnreadable",
        says: "(the page itself: a challenge): the API's answer is not what MediaWiki answers",
        page: 1,
        api: 1,
      },
      {
        faults: { page: "forbidden", api: "no JSON" },
        error: "ApiAnswerUnreadable",
        says: "the API's answer is not what MediaWiki answers",
        page: 1,
        api: 1,
      },
      {
        faults: { page: "forbidden", api: "no content" },
        error: "ApiAnswerUnreadable",
        says: "the API's answer has no content (mw-parser-output)",
        page: 1,
        api: 1,
      },
      {
        faults: { page: "forbidden", api: "html in place of JSON" },
        error: "UnsupportedContent",
        says: "expected application/json but the content type is text/html; charset=UTF-8",
        page: 1,
        api: 1,
      },
      {
        faults: { page: "a challenge with status 503", api: "forbidden" },
        error: "UnexpectedStatus",
        says: "(the page itself: a challenge with status 503): the server answered with status 403",
        page: 4,
        api: 1,
      },
    ]),
  )("fails for %s, as %s", async (_faults, _error, expected) => {
    await on.expectFailure(goldenBot, expected)
  })

  test("the API of Fandom says that a page does not exist", async () => {
    const page = customPage(new URL("https://the-tower.fandom.com/wiki/Golden_Bott"), "bots")
    const error = await on.failure(page)
    expect(error._tag).toBe("PageMissing")
    expect(error.message).toContain("the wiki has no page Golden_Bott (1 attempt)")
    expect(on.wiki.requests("Golden_Bott")).toEqual({ page: 1, api: 1 })
  })

  const refused = async (url: string) => {
    const page = customPage(new URL(url), "bots")
    on.wiki.misbehave(page.title, { page: "forbidden" })
    return await on.failure(page)
  }

  test("the API of Fandom is not asked for an earlier revision, or for what is no article", async () => {
    for (const address of [
      "https://the-tower.fandom.com/wiki/Golden_Bot?oldid=1004",
      "https://the-tower.fandom.com/wiki/Golden_Bot?diff=prev",
      "https://the-tower.fandom.com/index.php?curid=5",
      "https://the-tower.fandom.com/f/Golden_Bot",
    ]) {
      expect(await refused(address)).toMatchObject({ _tag: "UnexpectedStatus", status: 403 })
    }
    expect(on.wiki.requests("Golden_Bot").api).toBe(0)
  })
})

describe("the address of the API", () => {
  const asked = (url: string) => {
    const address = apiAddress(customPage(new URL(url), "bots"))
    return address === null ? null : [address.pathname, address.searchParams.get("page")]
  }

  test.each([
    ["/wiki/Golden_Bot", "/api.php", "Golden_Bot"],
    ["/wiki/Golden_Bot/#Cost", "/api.php", "Golden_Bot"],
    ["/wiki/Golden%20Bot?action=render", "/api.php", "Golden Bot"],
    ["/wiki/User:Bob/Golden_Bot", "/api.php", "User:Bob/Golden_Bot"],
    ["/de/wiki/Goldener_Bot", "/de/api.php", "Goldener_Bot"],
    ["/index.php?title=Golden_Bot", "/api.php", "Golden_Bot"],
    ["/de/index.php?title=Goldener_Bot", "/de/api.php", "Goldener_Bot"],
  ])("the address of the API of %s is %s for %s", (address, api, title) => {
    expect(asked(`https://the-tower.fandom.com${address}`)).toEqual([api, title])
  })
})
