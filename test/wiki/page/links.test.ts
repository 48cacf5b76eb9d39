import { describe, expect, test } from "bun:test"
import { readLinks } from "../../../lib/wiki/page/links.ts"
import { wikiPage } from "../pages.ts"

const link = (title: string, name = "") => `<a class="${name}" href="/wiki/${title}">x</a>`

describe("the links of a page", () => {
  test("the links of a category are its members, in the markup of Fandom and of MediaWiki", () => {
    const fandom = `<div class="category-page__members">${link("Sky_Bot", "category-page__member-link")}</div>`
    const plain = `<div id="mw-pages"><ul><li>${link("Golden%20Bot")}</li></ul></div>`
    expect(readLinks(`<!DOCTYPE html>${fandom}${link("Home")}`).members).toEqual(["Sky_Bot"])
    expect(readLinks(`<!DOCTYPE html>${plain}${link("Home")}`).members).toEqual(["Golden_Bot"])
  })

  test("a link in a row of navigation comes with the words that the row begins with", () => {
    const row = `<table><tr><th><b>Bots</b></th><td>${link("Sky_Bot")} • ${link("Bots#More")}</td></tr></table>`
    expect(readLinks(wikiPage(row)).rows).toContainEqual({
      label: "Bots",
      titles: ["Sky_Bot", "Bots"],
    })
  })

  test("a link after a row of navigation does not belong to it", () => {
    const row = `<table><tr><th>Bots</th><td>${link("Sky_Bot")}</td></tr></table>`
    expect(readLinks(wikiPage(row + link("Local_Sitemap"))).rows).toContainEqual({
      label: "Bots",
      titles: ["Sky_Bot"],
    })
  })

  test("a link elsewhere on a page does not count", () => {
    const html = `<div id="mw-pages"><a href="https://other.test/Sky_Bot">x</a><a>y</a></div>`
    expect(readLinks(html).members).toEqual([])
  })
})
