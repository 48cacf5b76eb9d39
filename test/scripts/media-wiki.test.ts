import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { onEachDatabase } from "../support/databases.ts"
import { demoPages, demoTotals } from "../support/demo-files.ts"
import { type FandomGateway, startFandomGateway } from "../support/fandom-gateway.ts"
import { isLongRun } from "../support/long-run.ts"
import { isMediaWikiInstalled, type MediaWiki, startMediaWiki } from "../support/media-wiki.ts"
import { runScript } from "../support/scripts.ts"
import { bundledPages } from "../wiki/pages.ts"
import { wikitext } from "../wiki/wikitext.ts"

if (isLongRun && !isMediaWikiInstalled)
  console.log("Not tried on a real MediaWiki: install mediawiki, php-cli and php-sqlite3 for that.")

const pages = new Map(
  bundledPages.map(({ title, fileName }) => [
    title,
    wikitext(readFileSync(join(demoPages, fileName), "utf8")),
  ]),
)

const goldenBot = pages.get("Golden_Bot") ?? ""

describe.skipIf(!isLongRun || !isMediaWikiInstalled)("a real MediaWiki", () => {
  let wiki: MediaWiki
  let gateway: FandomGateway
  beforeAll(async () => {
    wiki = await startMediaWiki(pages)
    gateway = await startFandomGateway(wiki)
  }, 60_000)
  beforeEach(() => wiki.reset())
  afterAll(async () => {
    await gateway.stop()
    await wiki.stop()
  })

  onEachDatabase("a real MediaWiki", (database) => {
    const run = (command: string, ...flags: readonly string[]) =>
      runScript(command, flags, { DATABASE_URL: database.url, ...gateway.environment })
    const rebuildFromBundled = () => run("rebuild-wiki-definitions", "--from", demoPages, "--write")
    const rebuild = () => run("rebuild-wiki-definitions", "--target", "bots", "--write")
    const levels = () => database.sql`
      select slug, key, level, value_raw, cost_raw
      from definitions.parameter_level
      join definitions.parameter on parameter.id = parameter_id
      join definitions.definition on definition.id = definition_id
      order by 1, 2, 3`

    /** Reads the wiki by both ways; each must be refused with these words, and change no level. */
    const expectRefusal = async (...says: readonly string[]) => {
      await rebuildFromBundled()
      const before = await levels()
      for (const way of ["page", "API"]) {
        if (way === "API") wiki.refusePages()
        const refused = await rebuild()
        for (const words of says) expect(refused.stderr).toContain(words)
        expect(refused).toMatchObject({ exitCode: 1, stdout: "" })
        expect(await levels()).toEqual(before)
      }
    }

    /** Reads the wiki by both ways; each must find what is stored of the bundled pages. */
    const expectTheSame = async (target: string, rows: number) => {
      await run("fetch-wiki-data", "--target", "all", "--from", demoPages, "--write")
      for (const way of ["page", "API"]) {
        if (way === "API") wiki.refusePages()
        const { stdout, stderr } = await run("fetch-wiki-data", "--target", target, "--check")
        expect(stderr).not.toContain("error")
        expect(stdout).toContain(`added=0 changed=0 unchanged=${rows} deprecated=0\n`)
        expect(stdout.trim().split("\n").at(-1)).toContain(`unchanged=${rows}`)
      }
    }

    test("pages of a real MediaWiki have the rows of the bundled ones, and so have those of its API", () =>
      expectTheSame("all", demoTotals.rows))

    test("rows of a real MediaWiki name the version of the page they are from", async () => {
      const numbers = async () => {
        const rows = await database.sql<{ number: number }[]>`
          select page_revision::int as number from definitions.wiki_data
          where entity_id = 'golden_bot__level_1__star_none' order by 1`
        return rows.map(({ number }) => number)
      }
      await run("fetch-wiki-data", "--target", "bots", "--write")
      const first = await wiki.revisionOf("Golden_Bot")
      expect(await numbers()).toEqual([first])
      await wiki.edit("Golden_Bot", goldenBot.replace("| 2.2\n", "| 2.25\n"))
      wiki.refusePages()
      await run("fetch-wiki-data", "--target", "bots", "--write")
      expect(await numbers()).toEqual([first, await wiki.revisionOf("Golden_Bot")])
    })

    test("an edit changes a level, and its undoing brings the level and its row back", async () => {
      await rebuildFromBundled()
      const before = await levels()
      await wiki.edit("Golden_Bot", goldenBot.replace("| 2.2\n", "| 2.25\n"))
      const edited = await rebuild()
      expect(edited.stdout).toContain("wiki_target=bots tables=4 added=0 changed=1 unchanged=109")
      expect(edited.stdout).toContain("levels_updated=1")
      expect(await levels()).not.toEqual(before)
      await wiki.undo("Golden_Bot")
      const undone = await rebuild()
      expect(undone.stdout).toContain("wiki_target=bots tables=4 added=0 changed=1 unchanged=109")
      expect(await levels()).toEqual(before)
      const [rows] = await database.sql`
        select count(*)::int as count from definitions.wiki_data
        where entity_id = 'golden_bot__level_1__star_none'`
      expect(rows).toEqual({ count: 2 })
    })

    test("a page that was moved and left a redirect is read as before", async () => {
      await wiki.move("Golden_Bot", "Gold_Bot")
      await expectTheSame("bots", 110)
    })

    test("a page that was protected is read as before", async () => {
      await wiki.protect("Golden_Bot")
      await expectTheSame("bots", 110)
    })

    test("a footnote, a struck and a hidden text in a cell are read as if they were not there", async () => {
      const slip = '| 2.2<ref>Since v22</ref><s>3</s><span style="display:none">4</span>\n'
      await wiki.edit("Golden_Bot", goldenBot.replace("| 2.2\n", slip))
      await expectTheSame("bots", 110)
    })

    test("a page that redirects to a section of another has the tables of that section", async () => {
      const sections = ["Golden_Bot", "Flame_Bot"].map(
        (title) =>
          `== ${title} ==\n${(pages.get(title) ?? "").replaceAll(/^==/gm, "===").replaceAll(/==$/gm, "===")}`,
      )
      await wiki.edit("Bots", sections.join("\n"))
      await wiki.edit("Golden_Bot", "#REDIRECT [[Bots#Golden_Bot]]")
      await wiki.edit("Flame_Bot", "#REDIRECT [[Bots#Flame_Bot]]")
      await expectTheSame("bots", 110)
    })

    test("a bot that a category of the wiki lists and the catalogue lacks is discovered", async () => {
      await wiki.edit("Golden_Bot", `${goldenBot}\n[[Category:Bots]]`)
      await wiki.edit("Sky_Bot", `${goldenBot}\n[[Category:Bots]]`)
      const flags = ["--target", "bots", "--discover", "--check", "--json"]
      for (const way of ["page", "API"]) {
        if (way === "API") wiki.refusePages()
        const { stdout, stderr } = await run("fetch-wiki-data", ...flags)
        expect(stderr).toContain("The wiki lists Sky_Bot on Category:Bots")
        expect(JSON.parse(stdout).units.filter(({ discovered = null }) => discovered)).toEqual([
          { discovered: "Sky_Bot", wiki_target: "bots", listed_on: "Category:Bots" },
        ])
      }
    })

    test("a page that redirects to another bot is refused", async () => {
      await wiki.edit("Golden_Bot", "#REDIRECT [[Amplify Bot]]")
      await expectRefusal("is the page Amplify_Bot now, not Golden_Bot")
    })

    test("a page that was blanked is refused", async () => {
      await wiki.edit("Golden_Bot", "")
      await expectRefusal("/wiki/Golden_Bot#Cost", "The page has no tables.")
    })

    test("a table that was never closed is refused by its last cell", async () => {
      await wiki.edit("Golden_Bot", goldenBot.replace(/\|-\n\| <b>Total.*?\|}/s, ""))
      await expectRefusal("table 0 (Cost), row", "a heading inside the cell")
    })

    test("an error that MediaWiki puts into a cell is refused by its cell", async () => {
      await wiki.edit("Golden_Bot", goldenBot.replace("| 2.2\n", "| {{#expr: 2 x}}\n"))
      await expectRefusal("row 1 (1), column Bonus: found an error message", "Expression error")
    })

    test("a template that does not exist is refused by its cell", async () => {
      await wiki.edit("Golden_Bot", goldenBot.replace("| 2.2\n", "| {{NoSuch}}\n"))
      await expectRefusal('row 1 (1), column Bonus: found "Template:NoSuch"')
    })

    test("a row mark that is missing is refused by its row", async () => {
      await wiki.edit("Golden_Bot", goldenBot.replace("|-\n| 2\n", "| 2\n"))
      await expectRefusal("row 1 (1): found more cells than the table has columns")
    })
  })
})
