import { expect, test } from "bun:test"
import { capturePages } from "../../lib/wiki/capture.ts"
import { onEachDatabase } from "../support/databases.ts"
import { heading, scrapeContent, table } from "../wiki/pages.ts"

const options = { allowShrink: false, keepGoing: false }
const cards = heading(2, "List_of_Cards") + table(["Name", "Effect"], ["Damage", "x 2"])

onEachDatabase("the view of card slots", (database) => {
  test.each([
    [["Slots", "Gem Cost"]],
    [["slots", "Unlock cost"]],
    [["Slots", "Cost (Gems)"]],
    [["Total Cost", "Slots", "Gem Cost"]],
  ])("the view of card slots finds slot and cost under the headers %j", async (headers) => {
    const cells = headers.map((header) =>
      header === "Total Cost" ? "90" : header.toLowerCase() === "slots" ? "2" : "50",
    )
    const page = scrapeContent("Cards", table(headers, cells) + cards)
    await database.run(
      capturePages("write", ["slots"], { pages: [page], problems: [], absent: [] }, options),
    )
    expect([...(await database.sql`select slot, cost from definitions.card_slot`)]).toEqual([
      { slot: "2", cost: "50" },
    ])
  })
})
