import { expect, test } from "bun:test"
import { join } from "node:path"
import { addBoundary } from "../../lib/battle-reports/patches.ts"
import { renderReport } from "../../lib/report/report.ts"
import { onEachDatabase, onFilledDatabase } from "../support/databases.ts"
import { fillWithDemo } from "../support/demo-data.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { runHere } from "../support/run-here.ts"
import { fillWithHostileNames, hostileName } from "./hostile-data.ts"

const everything = { players: false }

/** The page without the minute it is of, and those at which things were fetched and applied. */
const withoutTimes = (page: string): string =>
  page.replace(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}/g, "then")

let onFirstDatabase: string | null = null

onFilledDatabase("the report of the demo", fillWithDemo, (database) => {
  test("the report is the same for equal databases, whatever server they are on, but for its time", async () => {
    const page = await database.run(renderReport(everything))
    expect(withoutTimes(await database.run(renderReport(everything)))).toBe(withoutTimes(page))
    onFirstDatabase ??= withoutTimes(page)
    expect(withoutTimes(page)).toBe(onFirstDatabase)
  })

  test("the report names no player unless it is asked to", async () => {
    expect(await database.run(renderReport(everything))).not.toContain("alice")
    expect(await database.run(renderReport({ players: true }))).toContain("<bdi>alice</bdi>")
  })

  test("the report has no script, no address to load from, and forbids both", async () => {
    const page = await database.run(renderReport({ players: true }))
    expect(page).not.toMatch(/<(?:script|img|link|iframe|object|embed|form|base)\b/)
    expect(page).not.toMatch(/\s(?:src|on\w+)=/)
    expect(page).not.toMatch(/url\(|@import/)
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;`)
  })

  test("the report draws every run, and says how many there are", async () => {
    const page = await database.run(renderReport(everything))
    expect(page).toContain("6 runs, played from")
    const [, waves = ""] =
      /<strong>How far runs came<\/strong>.*?<svg(.*?)<\/svg>/s.exec(page) ?? []
    expect([...waves.matchAll(/<title>/g)].length).toBe(6)
    expect(waves).toContain("tier 8, tournament: wave")
  })

  test("the report has a picture and a table of every upgrade", async () => {
    const page = await database.run(renderReport(everything))
    expect([...page.matchAll(/, level by level<\/caption>/g)].length).toBe(58)
    expect(page).toContain("from <bdi>2.0x</bdi> to <bdi>")
  })
})

onFilledDatabase("the report of hostile names", fillWithHostileNames, (database) => {
  test("whatever people have written is text on the page", async () => {
    const page = await database.run(renderReport({ players: true }))
    expect(page).not.toContain("<img")
    expect(page).not.toContain("<script")
    expect(page).not.toContain("javascript:")
    expect(page).not.toContain(hostileName)
    expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;")
  })

  test("a change of the wiki is on the page, with the version that made it", async () => {
    const page = await database.run(renderReport(everything))
    expect(page).toContain("Rows of the wiki’s tables that changed, by day")
    expect(page).toContain("index.php?diff=1002&amp;oldid=1001")
  })
})

onEachDatabase("the report", (database) => {
  const folder = folderOfEachTest()
  const report = (...flags: readonly string[]) =>
    runHere("report", flags, { DATABASE_URL: database.url })

  test("a report of an empty database says of each part that there is nothing yet", async () => {
    const page = await database.run(renderReport({ players: true }))
    for (const text of [
      "No run has been read yet",
      "No page of the wiki has been read yet",
      "Nothing is defined yet",
      "No deploy has run",
      "The first fetch of the wiki, by bun run rebuild-wiki-definitions --write",
    ])
      expect(page).toContain(text)
    expect(page).not.toContain("What of the wiki could not be used")
    expect(page).not.toMatch(/NaN|undefined|null/)
  })

  test("runs that are hidden, or whose date cannot be read, are counted and not drawn", async () => {
    await database.run(fillWithDemo)
    await database.sql`
      update gamedata.battle_report_progress set is_hidden = tier = 6,
        battle_date = case when tier <> 7 then battle_date end`
    const page = await database.run(renderReport(everything))
    expect(page).toContain("5 runs, played from")
    expect(page).toContain("Left out: 1 run hidden by its player; 1 run without a date")
  })

  test("patches of the game are named where there is room, the newest first, and each has its rule", async () => {
    await database.run(fillWithDemo)
    const dates = [
      "2026-02-01",
      "2026-02-02",
      "2026-02-03",
      "2026-02-20",
      "2026-07-18",
      "2026-07-19",
    ]
    for (const date of dates)
      await database.run(addBoundary({ date, label: `patch ${Number(date.slice(8))}` }))
    const page = await database.run(renderReport(everything))
    const [, picture = ""] =
      /<strong>How far runs came<\/strong>.*?<svg(.*?)<\/svg>/s.exec(page) ?? []
    expect([...picture.matchAll(/>patch (\d+)</g)].map(([, day]) => day)).toEqual([
      ...["20", "3", "19"],
    ])
    expect(
      [...picture.matchAll(/stroke-dasharray="4 3"[^>]*>(.*?)<\/g>/gs)].flatMap(
        ([, rules = ""]) => [...rules.matchAll(/<line/g)],
      ),
    ).toHaveLength(dates.length)
  })

  test("report writes the file that it is told to, and prints where that is", async () => {
    const file = join(folder(), "new/page.html")
    const { exitCode, stdout } = await report("--out", file)
    expect(exitCode).toBe(0)
    expect(stdout).toStartWith(`file=${file} bytes=`)
    expect(await Bun.file(file).text()).toStartWith("<!doctype html>")
  })

  test("report says what to do where it cannot write", async () => {
    await Bun.write(join(folder(), "file"), "")
    const { exitCode, stderr } = await report("--out", join(folder(), "file/page.html"))
    expect(exitCode).toBe(1)
    expect(stderr).toContain("Give --out a file in a folder that you may write to.")
  })
})
