import { beforeAll, expect } from "bun:test"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import axe from "axe-core"
import type { Page } from "playwright-core"
import { renderReport } from "../../lib/report/report.ts"
import { inBrowser } from "../support/browser.ts"
import { onFilledEmbedded } from "../support/databases.ts"
import { sharedFolder } from "../support/folders.ts"
import { fillWithHostileNames, hostileName } from "./hostile-data.ts"

const folder = sharedFolder()

/** Where pictures of the page are kept, for a person to look at; nowhere unless it is set. */
const screenshots = process.env.TOWERSTATS_SCREENSHOTS

const views = [
  { width: 1200, colorScheme: "light" },
  { width: 1200, colorScheme: "dark" },
  { width: 360, colorScheme: "light" },
  { width: 360, colorScheme: "dark" },
] as const

type View = (typeof views)[number]

const nameOf = ({ width, colorScheme }: View) => `${width} px, ${colorScheme}`

/** Opens the report anew, and gathers what it says to the console and whom it asks for anything. */
const open = async (page: Page, file: string, { width, colorScheme }: View) => {
  await page.setViewportSize({ width, height: 900 })
  await page.emulateMedia({ colorScheme, media: "screen" })
  const events: string[] = []
  page.removeAllListeners()
  page.on("console", (message) => events.push(`console: ${message.text()}`))
  page.on("pageerror", (error) => events.push(`error: ${error.message}`))
  page.on("dialog", (dialog) => events.push(`dialog: ${dialog.message()}`))
  page.on("request", (request) => {
    if (request.url() !== `file://${file}`) events.push(`request: ${request.url()}`)
  })
  await page.goto(`file://${file}`)
  return events
}

// In the page: a click of the mouse waits for frames, and there are very many to open.
const openAllDetails = (page: Page): Promise<void> =>
  page.evaluate("for (const summary of document.querySelectorAll('summary')) summary.click()")

// Nobody sees what is in them, but axe goes through it all the same.
const emptyShutDetails = `for (const details of document.querySelectorAll("details:not([open])"))
  details.replaceChildren(details.firstElementChild)`

const shutDetails = "document.querySelectorAll('details:not([open])').length"
const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

/** What sticks out of the page's text, by tag and class, to find it by. Pictures' letters may, by a little. */
const tooWide = `[...document.querySelectorAll("body *:not(svg *)")]
  .filter((element) => element.closest("thead") === null || getComputedStyle(element.closest("thead")).position !== "absolute")
  .filter((element) => element.getBoundingClientRect().right > document.querySelector("main").getBoundingClientRect().right + 1)
  .map((element) => element.tagName + "." + element.getAttribute("class")).slice(0, 5).join(" ")`

/** Each violation with the elements that it was found at and what is wrong with them. */
const findBarriers = `axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) =>
  id + ": " + nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 200) + failureSummary)))`

onFilledEmbedded("the report in a browser", fillWithHostileNames, (database) => {
  let file = ""
  beforeAll(async () => {
    file = join(folder(), "report.html")
    await Bun.write(file, await database.run(renderReport({ players: true })))
    if (screenshots !== undefined) await mkdir(screenshots, { recursive: true })
  })

  inBrowser((test) => {
    for (const view of views)
      test(`the page says nothing, asks for nothing and fits at ${nameOf(view)}, shut and open`, async (page) => {
        const events = await open(page, file, view)
        if (screenshots !== undefined)
          await page.screenshot({
            path: join(screenshots, `report-${view.width}-${view.colorScheme}.png`),
            fullPage: true,
          })
        expect(await page.evaluate<string>(tooWide)).toBe("")
        await openAllDetails(page)
        expect(await page.evaluate<number>(shutDetails)).toBe(0)
        expect(await page.evaluate<string>(tooWide)).toBe("")
        expect(await page.evaluate<number>(overflow)).toBe(0)
        expect(events).toEqual([])
      })

    test("the page fits when it is printed", async (page) => {
      const events = await open(page, file, views[0])
      await openAllDetails(page)
      await page.emulateMedia({ media: "print" })
      expect(await page.evaluate<string>(tooWide)).toBe("")
      expect((await page.pdf()).length).toBeGreaterThan(10_000)
      expect(events).toEqual([])
    })

    for (const view of [views[0], views[3]])
      test(`the page has no barrier that axe finds at ${nameOf(view)}`, async (page) => {
        await open(page, file, view)
        // One entity of each kind of markup: the others are the same again.
        for (const id of ["card-cards", "bot-golden_bot"])
          await page.locator(`#${id} > summary`).click()
        await page.evaluate(emptyShutDetails)
        await page.evaluate(axe.source)
        const violations = await page.evaluate<readonly string[]>(findBarriers)
        expect(violations).toEqual([])
      })

    test("hostile names from players and the wiki show as text", async (page) => {
      await open(page, file, views[0])
      await openAllDetails(page)
      expect(await page.evaluate<number>("document.querySelectorAll('img, script').length")).toBe(0)
      expect(await page.locator("a[href^='javascript']").count()).toBe(0)
      const [heading] = await page.locator("#runs h3 bdi").allTextContents()
      expect(heading).toBe(hostileName)
      for (const section of ["#wiki", "#definitions", "#unknown"])
        expect([section, await page.locator(section).textContent()]).toEqual([
          section,
          expect.stringContaining(hostileName),
        ])
    })
  })
})
