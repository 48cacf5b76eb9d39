import { describe, expect, test } from "bun:test"
import * as Result from "effect/Result"
import { readLinks } from "../../lib/wiki/page/links.ts"
import { readServedPage } from "../../lib/wiki/page/served-page.ts"
import { scrapePage } from "../../lib/wiki/scrape.ts"
import { readAnswer } from "../../lib/wiki/source/mediawiki-api.ts"
import { heading, listedPage, table } from "./pages.ts"

const own = table(["Level", "Cost", "Range"], ["1", "100", "22"])
const other = table(["Level", "Cost", "Range"], ["1", "999", "99"])
const merged =
  heading(2, "Silver_Bot") + other + heading(2, "Gold") + heading(3, "Cost_2", "Cost") + own

const served = (variables: Readonly<Record<string, string>>, content: string) =>
  `<script>RLCONF=${JSON.stringify(variables)};</script><div class="mw-parser-output">${content}</div>`

const scraped = (title: string, html: string) =>
  Result.map(scrapePage(listedPage(title), html), ({ tables }) =>
    tables.flatMap(({ rows }) => rows.map(({ rawRow }) => rawRow.Cost)),
  )

const refusal = (title: string, html: string) =>
  Result.getOrThrow(Result.flip(scrapePage(listedPage(title), html)))[0]

describe("the page served", () => {
  test("the page served is refused where it is another page of the catalogue", () => {
    const html = served({ wgPageName: "Amplify_Bot", wgRedirectedFrom: "Golden_Bot" }, own)
    expect(refusal("Golden_Bot", html)).toMatchObject({
      _tag: "OtherPageServed",
      problems: [{ found: "Amplify_Bot", expected: "Golden_Bot" }],
    })
  })

  test("the page served is refused where another page of the catalogue led to it", () => {
    const html = served({ wgPageName: "Bots", wgRedirectedFrom: "Amplify_Bot" }, own)
    expect(refusal("Golden_Bot", html)._tag).toBe("OtherPageServed")
  })

  test("the page served is known by its canonical address where its scripts were not saved", () => {
    const html = `<link rel="canonical" href="https://x.fandom.com/wiki/Amplify_Bot"><div class="mw-parser-output">${own}</div>`
    expect(refusal("Golden_Bot", html)._tag).toBe("OtherPageServed")
  })

  test("the page served is read where the page was renamed", () => {
    const html = served({ wgPageName: "Gold_Bot", wgRedirectedFrom: "Golden_Bot" }, own)
    expect(scraped("Golden_Bot", html)).toEqual(Result.succeed(["100"]))
  })

  test("the page served is read where its name is spelt in another way", () => {
    expect(scraped("Golden_Bot", served({ wgPageName: "golden Bot" }, own))).toEqual(
      Result.succeed(["100"]),
    )
  })

  test("the page served has the tables of the section that a redirect leads to, and no others", () => {
    const target = { wgInternalRedirectTargetUrl: "/wiki/Bots#Gold" }
    const html = served({ wgPageName: "Bots", wgRedirectedFrom: "Golden_Bot", ...target }, merged)
    expect(scraped("Golden_Bot", html)).toEqual(Result.succeed(["100"]))
  })

  test("the page served is refused where it lacks the section that a redirect leads to", () => {
    const target = { wgInternalRedirectTargetUrl: "/wiki/Bots#Lost" }
    const html = served({ wgPageName: "Bots", ...target }, merged)
    expect(refusal("Golden_Bot", html).message).toContain("in the section Lost")
  })
})

describe("what the API says of a page", () => {
  const info = { page: "https://x.test", attempts: 1, pageAnswer: null }
  const answer = (redirects: readonly object[]) =>
    readAnswer(
      "Golden_Bot",
      JSON.stringify({
        parse: {
          title: "Bots of </script>",
          revid: 7,
          text: `<div class="mw-parser-output">${merged}</div>`,
          redirects,
        },
      }),
      info,
    )

  test("what the API says of a page is the title it serves, and the section it was redirected to", () => {
    const html = Result.getOrThrow(
      answer([{ from: "Golden Bot", to: "Bots of </script>", tofragment: "Gold" }]),
    )
    expect(readServedPage(html)).toEqual({
      title: "Bots_of_</script>",
      redirectedFrom: "Golden_Bot",
      section: "Gold",
    })
    expect(scraped("Golden_Bot", html)).toEqual(Result.succeed(["100"]))
  })

  test("what the API says of a page is a category's members where a category was asked for", () => {
    const members = [
      { ns: 0, title: "Sky Bot" },
      { ns: 0, title: 'A "quoted" Bot' },
    ]
    const json = JSON.stringify({ batchcomplete: true, query: { categorymembers: members } })
    const html = Result.getOrThrow(readAnswer("Category:Bots", json, info))
    expect(readLinks(html).members).toEqual(["Sky_Bot", 'A_"quoted"_Bot'])
  })

  test("what the API says of a page is the title alone without a redirect", () => {
    expect(readServedPage(Result.getOrThrow(answer([])))).toMatchObject({
      redirectedFrom: null,
      section: null,
    })
  })
})
