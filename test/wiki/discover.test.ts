import { describe, expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import type { WikiPage } from "../../lib/wiki/catalogue.ts"
import { discoverPages, withDiscovered } from "../../lib/wiki/discover.ts"
import { quietly } from "../support/quiet.ts"
import { wikiPage } from "./pages.ts"

quietly()

const link = (title: string) => `<a href="/wiki/${title}">${title}</a>`
const category = (...titles: readonly string[]) =>
  `<!DOCTYPE html><div id="mw-pages">${titles.map(link).join("")}</div>`
const navigation = (label: string, ...titles: readonly string[]) =>
  wikiPage(`<table><tr><th>${label}</th><td>${titles.map(link).join(" • ")}</td></tr></table>`)

const discover = (pages: Readonly<Record<string, string>>) =>
  Effect.runPromise(
    discoverPages((page: WikiPage) => {
      const html = pages[page.title]
      return html === undefined ? Effect.fail(new Error("no such page")) : Effect.succeed(html)
    }),
  )

describe("pages that the wiki lists", () => {
  test("a page that the wiki lists and the catalogue lacks is named once", async () => {
    const found = await discover({
      "Category:Bots": category("Golden_Bot", "Sky_Bot", "Bots", "Category:Labs"),
      Golden_Bot: navigation("Bots", "Amplify_Bot", "Sky_Bot", "Wave_Bot"),
      Chain_Lightning: navigation(
        "Ultimate Weapons",
        "Black_Hole",
        "Ion_Cannon",
        "Ultimate_Weapons",
      ),
      Guardian: navigation("Guardian", "Chips", "Scout_Chip"),
    })
    expect(found.map(({ title, target }) => [title, target])).toEqual([
      ["Sky_Bot", "bots"],
      ["Wave_Bot", "bots"],
      ["Scout_Chip", "guardian_chips"],
      ["Ion_Cannon", "ultimate_weapons"],
    ])
  })

  test("a page that the catalogue has as a section of another is not new", async () => {
    expect(await discover({ "Category:Guardians": category("Ally_Chip") })).toEqual([])
  })

  test("no pages are discovered where no list can be read", async () => {
    expect(await discover({})).toEqual([])
  })
})

test("a check counts pages that the catalogue lacks as changes, a write does not", async () => {
  const page = { title: "Sky_Bot", target: "bots", listedOn: "Category:Bots" } as const
  const outcome = { units: [], total: { tables: 1 }, changes: 2 }
  const after = (mode: "check" | "write") =>
    Effect.runPromise(withDiscovered(mode, [page], outcome))
  expect(await after("check")).toEqual({
    units: [{ discovered: "Sky_Bot", wiki_target: "bots", listed_on: "Category:Bots" }],
    total: { tables: 1, discovered: 1 },
    changes: 3,
  })
  expect((await after("write")).changes).toBe(2)
})
