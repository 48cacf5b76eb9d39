import { describe, expect, test } from "bun:test"
import { mkdir, readdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { folderOfEachTest } from "../support/folders.ts"
import { patience } from "../support/long-run.ts"
import { runScript } from "../support/scripts.ts"

describe("an embedded database that cannot be opened", () => {
  const parent = folderOfEachTest()

  /** Has a command fail on a folder; nobody owns the folder afterwards. */
  const failure = async (folder: string) => {
    const environment = { TOWERSTATS_DATABASE_FOLDER: folder }
    const outcome = await runScript("migrate", ["--write"], environment)
    expect(outcome).toMatchObject({ exitCode: 1, stdout: "" })
    expect(outcome.stderr).toContain(`The embedded database ${folder} cannot be opened: `)
    expect((await readdir(parent())).filter((name) => name.includes(".lock"))).toEqual([])
  }

  test("an embedded database cannot be opened where there is a file, which stays as it is", async () => {
    const file = join(parent(), "database")
    await writeFile(file, "mine")
    await failure(file)
    expect(await Bun.file(file).text()).toBe("mine")
  })
  test(
    "a damaged embedded database is refused and left as it is",
    async () => {
      const folder = join(parent(), "database")
      await mkdir(folder)
      await writeFile(join(folder, "PG_VERSION"), "18\n")
      await failure(folder)
      expect(await readdir(folder)).toContain("PG_VERSION")
    },
    patience,
  )
  test("an embedded database cannot be opened below a file", async () => {
    await writeFile(join(parent(), "file"), "")
    await failure(join(parent(), "file", "database"))
  })
})
