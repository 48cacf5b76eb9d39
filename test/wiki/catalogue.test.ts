import { describe, expect, test } from "bun:test"
import { catalogue, pagesFor, targetNames } from "../../lib/wiki/catalogue.ts"
import { customPage } from "../../lib/wiki/custom-page.ts"
import { bundledHtml, bundledPages, listedPage } from "./pages.ts"

const wikiAddress = "https://the-tower-idle-tower-defense.fandom.com/wiki"

describe("the catalogue", () => {
  test("the catalogue lists each page once, with the address its rows are stored under", () => {
    expect(catalogue.map(({ url }) => url.replace(`${wikiAddress}/`, ""))).toEqual([
      "Cards",
      "Amplify_Bot#Cost",
      "Flame_Bot#Cost",
      "Thunder_Bot#Cost",
      "Golden_Bot#Cost",
      "Bot_Bot#Cost",
      "Guardian",
      "Chain_Lightning",
      "Smart_Missiles",
      "Death_Wave",
      "Chrono_Field",
      "Inner_Land_Mines",
      "Golden_Tower",
      "Poison_Swamp",
      "Black_Hole",
      "Spotlight",
    ])
  })

  test("the catalogue has a bundled page for each entry but the newest", async () => {
    for (const page of bundledPages) expect(await bundledHtml(page)).toContain("mw-parser-output")
  })

  test("the catalogue has the pages of the targets asked for, with no other targets", () => {
    expect(pagesFor(["slots"])).toEqual([{ ...listedPage("Cards"), targets: ["slots"] }])
    expect(pagesFor(["cards_list", "guardian_chips"]).map(({ targets }) => targets)).toEqual([
      ["cards_list"],
      ["guardian_chips"],
    ])
    expect(pagesFor(targetNames)).toEqual(catalogue)
    expect(pagesFor([])).toEqual([])
  })
})

describe("a page of the maintainer's choice", () => {
  test("a page of the maintainer's choice is named by its address", () => {
    expect(customPage(new URL("http://localhost:8080/saved/Golden%20Bot.html"), "bots")).toEqual({
      url: "http://localhost:8080/saved/Golden%20Bot.html",
      title: "Golden_Bot",
      fileName: "Golden_Bot.html",
      targets: ["bots"],
      alternative: null,
      mayBeAbsent: false,
    })
  })

  test.each([
    ["https://mirror.test/index.php?title=Black_Hole&action=view", "Black_Hole"],
    ["https://mirror.test/wiki/Black_Hole/", "Black_Hole"],
    ["https://mirror.test/", "mirror.test"],
    ["https://mirror.test/wiki/%E0%A4%A", "%E0%A4%A"],
  ])("%s has the title %s", (url, title) => {
    expect(customPage(new URL(url), "bots").title).toBe(title)
  })

  test("a page of the maintainer's choice cannot leave the folder its copy is kept in", () => {
    const page = customPage(new URL("https://mirror.test/x?title=../../etc/passwd"), "bots")
    expect(page.fileName).toBe("_etc_passwd.html")
  })

  test("a page of the maintainer's choice that the catalogue lists is the catalogue's, so that its history goes on", () => {
    for (const spelling of ["Golden_Bot", "Golden%20Bot", "Golden%5FBot/", "Golden_Bot#Levels"])
      expect(customPage(new URL(`${wikiAddress}/${spelling}`), "bots")).toEqual(
        listedPage("Golden_Bot"),
      )
    expect(customPage(new URL(`${wikiAddress}/Cards#Slots`), "slots").url).toBe(
      `${wikiAddress}/Cards`,
    )
    expect(customPage(new URL(`${wikiAddress}/Golden_Bot`), "slots").url).toBe(
      `${wikiAddress}/Golden_Bot`,
    )
  })
})
