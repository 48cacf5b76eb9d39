import { afterAll, beforeAll, expect, test } from "bun:test"
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { onFilledDatabase } from "../support/databases.ts"
import { defineDemo } from "../support/demo-data.ts"
import { type CommandName, runHere } from "../support/run-here.ts"
import { snapshot } from "../support/snapshots.ts"

const wiki = "https://the-tower-idle-tower-defense.fandom.com/wiki/"

onFilledDatabase("a rebuild from pages of which three have drifted", defineDemo, (database) => {
  let pages = ""
  const edit = async (page: string, from: string, to: string) => {
    const path = join(pages, `${page}.html`)
    const html = await readFile(path, "utf8")
    expect(html).toContain(from)
    await writeFile(path, html.replace(from, to))
  }
  beforeAll(async () => {
    pages = await mkdtemp(join(tmpdir(), "towerstats-drift-"))
    await cp(resolve(import.meta.dir, "../../lib/demo/wiki"), pages, { recursive: true })
    await rm(join(pages, "Spotlight.html"))
    await edit("Golden_Bot", "<td>22</td>", "<td>22 Labs</td>")
    await edit("Death_Wave", ">Effect Wave Quantity", ">Waves")
  })
  afterAll(() => rm(pages, { recursive: true, force: true }))

  const rebuild = (flags: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    runHere("rebuild-wiki-definitions", ["--from", pages, ...flags], {
      DATABASE_URL: database.url,
      ...environment,
    })

  const cell = {
    page: `${wiki}Golden_Bot#Cost`,
    row: "1 (1)",
    column: "Range",
    found: '"22 Labs"',
    expected: "a number with its unit",
  }

  test.each(["--check", "--write"])(
    "a rebuild with %s of drifted pages names everything and changes nothing",
    async (flag) => {
      const before = await snapshot(database.sql)
      const { exitCode, stdout } = await rebuild([flag, "--json"])
      const report = JSON.parse(stdout)
      expect(exitCode).toBe(1)
      expect(report).toMatchObject({ units: [], changes: 0 })
      expect(report.drift).toContainEqual(expect.objectContaining(cell))
      expect(report.drift).toContainEqual(
        expect.objectContaining({
          page: `${wiki}Death_Wave`,
          table: "ultimate_weapons_death_wave_table_0",
          column: "Waves",
        }),
      )
      expect(report.drift).toContainEqual(
        expect.objectContaining({ page: `${wiki}Spotlight`, table: null, row: null, column: null }),
      )
      expect(new Set(report.problems)).toEqual(
        new Set(report.drift.map(({ message }: { message: string }) => message)),
      )
      expect(await snapshot(database.sql)).toBe(before)
    },
  )

  test("drift is annotated by page, row and column under GitHub Actions, and listed in the step summary", async () => {
    const summary = join(pages, "summary.md")
    const { stderr } = await rebuild(["--check"], {
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: summary,
    })
    expect(stderr).toContain(
      "::error title=Drift on Golden_Bot#Cost%2C row 1 (1)%2C column Range::",
    )
    expect(await readFile(summary, "utf8")).toContain(
      "| page | revision | table | row | column | found | expected |",
    )
  })

  test("a rebuild that keeps going leaves drifted definitions as they were, and the status says since when", async () => {
    const run = (name: CommandName) => runHere(name, ["--json"], { DATABASE_URL: database.url })
    const { exitCode, stdout } = await rebuild(["--write", "--keep-going", "--json"])
    const report = JSON.parse(stdout)
    expect(exitCode).toBe(1)
    expect(report.drift).toContainEqual(expect.objectContaining(cell))
    const [kept] = await database.sql`
      select count(*)::int as levels from definitions.parameter_level
      join definitions.parameter on parameter.id = parameter_id
      join definitions.definition on definition.id = definition_id
      where slug = 'death_wave'`
    expect(kept?.levels).toBe(62)
    const { units } = JSON.parse((await run("status")).stdout)
    expect(units).toContainEqual({
      area: "drift",
      kind: "ultimate_weapon",
      entity: "death_wave",
      problems: 3,
      definition_since_utc: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/),
    })
  })
})
