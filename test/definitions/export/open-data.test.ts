import { expect, test } from "bun:test"
import { cp, readdir } from "node:fs/promises"
import { join } from "node:path"
import Ajv from "ajv/dist/2020"
import { loadOpenData } from "../../../lib/definitions/export/export.ts"
import type { ExportedFile } from "../../../lib/definitions/export/open-data.ts"
import { openData } from "../../../lib/definitions/export/open-data.ts"
import { onEachDatabase } from "../../support/databases.ts"
import { defineDemo } from "../../support/demo-data.ts"
import { demoPages, demoTotals } from "../../support/demo-files.ts"
import { folderOfEachTest } from "../../support/folders.ts"
import { runHere } from "../../support/run-here.ts"

const folder = folderOfEachTest()

const text = (files: readonly ExportedFile[], wanted: string): string =>
  files.find(({ path }) => path === wanted)?.text ?? ""

/** The cells of a CSV line: quoted ones may have commas in them. */
const cellsOf = (line: string): readonly string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain,
  )

const numberColumns = ["level", "number", "cost_number"]

const csvRows = (csv: string): readonly object[] => {
  const [columns = [], ...rows] = csv.trim().split("\n").map(cellsOf)
  return rows.map((cells) =>
    Object.fromEntries(
      columns.map((column, at) => {
        const cell = cells[at] ?? ""
        if (!numberColumns.includes(column)) return [column, cell]
        return [column, cell === "" ? null : Number(cell)]
      }),
    ),
  )
}

let onFirstDatabase: readonly ExportedFile[] | null = null

onEachDatabase("the open data", (database) => {
  const exported = (mode: "--write" | "--check", ...flags: readonly string[]) =>
    runHere("export-definitions", ["--out", join(folder(), "data"), mode, ...flags], {
      DATABASE_URL: database.url,
    })
  const rebuild = (pages: string) =>
    runHere("rebuild-wiki-definitions", ["--from", pages, "--write"], {
      DATABASE_URL: database.url,
    })

  test("every file of the export is what its JSON Schema says, to a validator of another make", async () => {
    await database.run(defineDemo)
    const files = await database.run(loadOpenData)
    for (const name of ["index", "cards", "bots", "ultimate_weapons", "guardian_chips"]) {
      const validate = new Ajv().compile(JSON.parse(text(files, `schemas/${name}.schema.json`)))
      const document = JSON.parse(text(files, `${name}.json`))
      expect([name, validate(document), validate.errors]).toEqual([name, true, null])
      expect(validate({ ...document, [name]: "nothing of the kind" })).toBe(false)
    }
    const validate = new Ajv().compile(JSON.parse(text(files, "schemas/levels.schema.json")))
    const rows = csvRows(text(files, "levels.csv"))
    expect(rows.length).toBe(demoTotals.levels)
    for (const row of rows) expect([row, validate(row)]).toEqual([row, true])
  })

  test("equal databases give equal bytes, whatever server they are on", async () => {
    await database.run(defineDemo)
    const files = await database.run(loadOpenData)
    onFirstDatabase ??= files
    expect(files).toEqual(onFirstDatabase)
  })

  test("a level has its text as written, the number in it, and the unit that the text shows", async () => {
    await database.run(defineDemo)
    const files = await database.run(loadOpenData)
    const { bots } = JSON.parse(text(files, "bots.json"))
    const golden = bots.find(({ slug }: { slug: string }) => slug === "golden_bot")
    const first = golden.parameters.map(({ key, unit, levels: [level] }: typeof golden) => [
      ...[key, unit, level.value, level.number, level.unit, level.cost_number, level.currency],
    ])
    expect(first).toEqual([
      ["cooldown", "seconds", "120s", 120, "seconds", 0, "medals"],
      ["duration", "seconds", "20s", 20, "seconds", 0, "medals"],
      ["multiplier", "multiplier", "2.0x", 2, "multiplier", 0, "medals"],
      ["range", "metres", "20m", 20, "metres", 0, "medals"],
    ])
  })

  test("the index says from which page and version each definition is, and since when", async () => {
    await database.run(defineDemo)
    const { definitions } = JSON.parse(text(await database.run(loadOpenData), "index.json"))
    expect(definitions.length).toBe(demoTotals.definitions)
    expect(definitions[0]).toEqual({
      ...{ kind: "bot", slug: "amplify_bot", name: "Amplify Bot" },
      page: "https://the-tower-idle-tower-defense.fandom.com/wiki/Amplify_Bot#Cost",
      ...{ revision: 1002, captured: new Date().toISOString().slice(0, 10) },
    })
  })

  test("a second export changes nothing, and an edited cell only the files with that level", async () => {
    const pages = join(folder(), "pages")
    await cp(demoPages, pages, { recursive: true })
    await rebuild(pages)
    expect((await exported("--write")).stdout).toContain("added=12 changed=0 removed=0 unchanged=0")
    expect((await exported("--write")).stdout).toContain("added=0 changed=0 removed=0 unchanged=12")
    expect((await exported("--check", "--exit-code")).exitCode).toBe(0)

    const page = join(pages, "Golden_Bot.html")
    const html = await Bun.file(page).text()
    await Bun.write(page, html.replace("<td>420", "<td>421"))
    await rebuild(pages)
    const check = await exported("--check", "--exit-code")
    expect(check.exitCode).toBe(3)
    const changed = check.stdout.matchAll(/file=(\S+) status=changed/g)
    expect([...changed].map(([, file]) => file)).toEqual(["bots.json", "levels.csv"])
  })

  test("an export removes what an earlier one wrote and it has no more, and nothing else", async () => {
    await database.run(defineDemo)
    await exported("--write")
    const data = join(folder(), "data")
    const index = await Bun.file(join(data, "index.json")).json()
    index.files.push({ path: "relics.json", entries: 3 })
    await Bun.write(join(data, "index.json"), JSON.stringify(index))
    await Bun.write(join(data, "relics.json"), "{}")
    await Bun.write(join(data, "notes.txt"), "mine")
    const { stdout } = await exported("--write")
    expect(stdout).toContain("file=relics.json status=removed")
    const left = await readdir(data)
    expect(left).toContain("notes.txt")
    expect(left).not.toContain("relics.json")
    expect(left.filter((name) => name.startsWith("."))).toEqual([])
  })

  test("an export writes over no index of another's", async () => {
    await Bun.write(join(folder(), "data/index.json"), '{"files": [{"path": "../../secret"}]}')
    const { exitCode, stderr } = await exported("--write")
    expect(exitCode).toBe(1)
    expect(stderr).toContain("was not written by this command; nothing was touched")
    expect(await readdir(join(folder(), "data"))).toEqual(["index.json"])
  })
})

test("definitions in any order give the same bytes", () => {
  const stored = (slug: string) => ({
    ...{ id: 1, kind: "card" as const, slug, name: slug, wikiPageUrl: "p", wikiEntityId: slug },
    ...{ description: null, rarity: null, effectRaw: null, unlockText: null, parameters: [] },
  })
  const some = ["b_", "a", "ba", "b"].map(stored)
  expect(openData(some, [])).toEqual(openData(some.toReversed(), []))
})
