import { describe, expect, setDefaultTimeout, test } from "bun:test"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { sharedFolder } from "../support/folders.ts"
import { runScript } from "../support/scripts.ts"

setDefaultTimeout(60_000)

describe("the quick start", () => {
  const folder = sharedFolder()
  const environment = () => ({ TOWERSTATS_DATABASE_FOLDER: join(folder(), "database"), CI: "true" })

  test("the quick start fills a database of its own and shows what is in it", async () => {
    const { exitCode, stdout, stderr } = await runScript("quickstart", [], environment())
    expect(exitCode).toBe(0)
    const page = join(folder(), "towerstats.html")
    expect(stderr).toEndWith(`Look at it in a browser: ${page}\n`)
    const drawn = await Bun.file(page).text()
    expect(drawn).toContain("<bdi>Demo player</bdi>")
    expect(drawn).toContain("1 of them in tournaments")
    for (const line of [
      "kind=bot definitions=4 parameters=16 levels=351",
      "kind=card definitions=24",
      "kind=guardian_chip definitions=5 parameters=15 levels=722",
      "kind=ultimate_weapon definitions=9 parameters=27 levels=586",
      "area=players accounts=1 players=1",
      "area=reports stored=6 parsed=6 with_metrics=6",
    ])
      expect(stdout).toContain(line)
  })
  test("a second quick start finds nothing left to do, and lets nobody in meanwhile", async () => {
    const again = runScript("quickstart", ["--json"], environment())
    while (!(await readdir(folder())).includes("database.lock")) await Bun.sleep(5)
    const second = await runScript("quickstart", [], environment())
    expect(second).toMatchObject({ exitCode: 1, stdout: "" })
    expect(second.stderr).toMatch(/in use by process \d+ \(quickstart\.ts --json\)/)
    const { exitCode, stdout, stderr } = await again
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout).changes).toBe(0)
    expect(stderr).toContain("Nothing has changed")
    expect((await readdir(folder())).toSorted()).toEqual(["database", "towerstats.html"])
  })
})
