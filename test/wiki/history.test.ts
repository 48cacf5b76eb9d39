import { expect, test } from "bun:test"
import { cp } from "node:fs/promises"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import { wikiChanges, wikiHistory } from "../../lib/wiki/history.ts"
import type { HistoryRequest } from "../../lib/wiki/revisions/row-changes.ts"
import { onEachDatabase, type TestDatabase } from "../support/databases.ts"
import { demoPages } from "../support/demo-files.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { type CommandName, runHere } from "../support/run-here.ts"

const page = "https://the-tower-idle-tower-defense.fandom.com/wiki/Golden_Bot#Cost"

/** A stored revision of a level's cost: the days of March on which it was first and last seen. */
interface Revision {
  readonly level: number
  readonly cost: string
  readonly days: readonly [number, number]
  readonly revision: number
  readonly gone?: boolean
}

const store = async ({ sql }: TestDatabase, revisions: readonly Revision[]) => {
  for (const { level, cost, days, revision, gone = false } of revisions) {
    const [first, last] = days.map((day) => `2026-03-${day}T05:17:00Z`)
    const row = { Level: String(level), Cost: cost, _wiki_entity_id: "golden_bot" }
    await sql`
      insert into definitions.wiki_data (page_url, canonical_name, entity_id, content_hash, headers,
        raw_row, source_section, parse_version, page_revision, first_seen, last_seen, deprecated)
      values (${page}, 'Golden Bot', ${`golden_bot__level_${level}__star_none`},
        encode(sha256(${`${level} ${cost}`}::text::bytea), 'hex'), array['Level', 'Cost'],
        ${JSON.stringify(row)}::text::jsonb, 'bots_golden_bot_table_0', 'bots_v1', ${revision},
        ${first ?? ""}::text::timestamptz, ${last ?? ""}::text::timestamptz, ${gone})`
  }
}

const all: HistoryRequest = {
  target: null,
  entity: null,
  since: null,
  withRecorded: true,
  limit: 100,
}

/** The changes of costs: level, status, first seen, previous, next, previous last seen. */
const costs = async ({ run }: TestDatabase, request: HistoryRequest = all) => {
  const { changes } = await run(wikiChanges(request))
  return changes
    .filter(({ field }) => field === "Cost")
    .map(({ level, status, firstSeen, previous, next, previousSeen }) =>
      [level, status, day(firstSeen), previous, next, day(previousSeen)].join(" "),
    )
}

const day = (time: string | null): string => time?.slice(8, 10) ?? "-"

const folder = folderOfEachTest()

onEachDatabase("the wiki's history", (database) => {
  test("a changed cell has the first sight of the new text and the last of the old", async () => {
    await store(database, [
      { level: 7, cost: "400", days: [10, 14], revision: 1 },
      { level: 7, cost: "420", days: [15, 20], revision: 5 },
      { level: 8, cost: "500", days: [10, 20], revision: 1 },
    ])
    expect(await costs(database)).toEqual([
      "7 changed 15 400 420 14",
      "7 recorded 10  400 -",
      "8 recorded 10  500 -",
    ])
  })

  test("a row that a known table gains is added, after the table was last seen without it", async () => {
    await store(database, [
      { level: 7, cost: "400", days: [10, 14], revision: 1 },
      { level: 7, cost: "420", days: [15, 20], revision: 5 },
      { level: 8, cost: "500", days: [15, 20], revision: 5 },
    ])
    expect(await costs(database)).toContain("8 added 15  500 14")
  })

  test("text that returns has no day of its own, only the last sight of what stood between", async () => {
    await store(database, [
      { level: 7, cost: "400", days: [10, 20], revision: 1 },
      { level: 7, cost: "999", days: [12, 13], revision: 4 },
    ])
    expect(await costs(database)).toEqual([
      "7 returned - 999 400 13",
      "7 changed 12 400 999 10",
      "7 recorded 10  400 -",
    ])
    const [returned] = (await database.run(wikiChanges(all))).changes
    expect(returned).toMatchObject({ revision: null, diff: null })
  })

  test("a change after a return is to what is known to have stood there last", async () => {
    await store(database, [
      { level: 7, cost: "400", days: [10, 30], revision: 1 },
      { level: 7, cost: "999", days: [12, 13], revision: 4 },
      { level: 7, cost: "420", days: [20, 21], revision: 6 },
    ])
    expect(await costs(database)).toEqual([
      "7 returned - 420 400 21",
      "7 changed 20 999 420 13",
      "7 changed 12 400 999 10",
      "7 recorded 10  400 -",
    ])
  })

  test("a row that left was last seen then, and is added when it comes back as another", async () => {
    await store(database, [
      { level: 7, cost: "400", days: [10, 14], revision: 1, gone: true },
      { level: 7, cost: "420", days: [18, 20], revision: 5 },
      { level: 8, cost: "500", days: [10, 20], revision: 1 },
    ])
    expect(await costs(database)).toEqual([
      "7 added 18  420 -",
      "7 deprecated - 400  14",
      "7 recorded 10  400 -",
      "8 recorded 10  500 -",
    ])
  })

  test("the wiki's own comparison is from the page as it was last stored to what changed it", async () => {
    await store(database, [
      { level: 7, cost: "400", days: [10, 16], revision: 11 },
      { level: 8, cost: "500", days: [10, 12], revision: 11 },
      { level: 8, cost: "510", days: [13, 20], revision: 14 },
      { level: 7, cost: "420", days: [17, 20], revision: 19 },
    ])
    const { changes } = await database.run(wikiChanges(all))
    const wiki = "https://the-tower-idle-tower-defense.fandom.com/index.php?diff="
    expect(changes.filter(({ field }) => field === "Cost").map(({ diff }) => diff)).toEqual([
      `${wiki}19&oldid=14`,
      `${wiki}14&oldid=11`,
      `${wiki}11`,
      `${wiki}11`,
    ])
  })

  test("a day leaves out what was before it, and keeps what may have been on it", async () => {
    await store(database, [
      { level: 7, cost: "400", days: [10, 14], revision: 1 },
      { level: 7, cost: "420", days: [15, 20], revision: 5 },
      { level: 8, cost: "500", days: [10, 14], revision: 1, gone: true },
    ])
    expect(await costs(database, { ...all, since: "2026-03-16" })).toEqual([])
    expect(await costs(database, { ...all, since: "2026-03-15" })).toEqual([
      "7 changed 15 400 420 14",
      "8 deprecated - 500  14",
    ])
  })

  test("a limit keeps the newest fields and says that there are more", async () => {
    await store(database, [
      { level: 7, cost: "400", days: [10, 14], revision: 1 },
      { level: 7, cost: "420", days: [15, 20], revision: 5 },
    ])
    const of = async (limit: number) => {
      const { changes, hasMore } = await database.run(wikiChanges({ ...all, limit }))
      return [changes.length, hasMore]
    }
    expect(await of(1)).toEqual([1, true])
    expect(await of(2)).toEqual([2, true])
    expect(await of(3)).toEqual([3, false])
  })

  test("wiki-history tells since when a level costs what it costs, and who says so", async () => {
    const pages = folder()
    await cp(demoPages, pages, { recursive: true })
    const script = (command: CommandName, ...flags: readonly string[]) =>
      runHere(command, flags, { DATABASE_URL: database.url })
    const rebuild = () => script("rebuild-wiki-definitions", "--from", pages, "--write")
    expect((await rebuild()).exitCode).toBe(0)

    const file = join(pages, "Golden_Bot.html")
    const html = await Bun.file(file).text()
    await Bun.write(
      file,
      html.replace('RevisionId":', 'RevisionId":9').replace("<td>420", "<td>421"),
    )
    expect((await rebuild()).exitCode).toBe(0)

    const flags = ["--entity", "golden_bot", "--target", "bots", "--limit", "1"]
    const { stdout, stderr } = await script("wiki-history", ...flags, "--json")
    expect(stderr).toContain("These are the newest 1")
    expect(JSON.parse(stdout)).toMatchObject({
      command: "wiki-history",
      mode: "show",
      units: [{ status: "changed", entity: "golden_bot", field: "Cost", next: "421" }],
      total: { shown: 1, more: true },
    })
    expect((await script("wiki-history", ...flags)).stdout).toContain("previous=420 next=421")
  })

  test.each([
    ["a letter is missing", "golden_bt"],
    ["it is written as a name", "Golden Bot"],
  ])("wiki-history says which entity may be meant where %s", async (_, entity) => {
    await store(database, [{ level: 7, cost: "400", days: [10, 14], revision: 1 }])
    const unknown = await database.run(Effect.flip(wikiHistory({ ...all, entity })))
    expect(unknown).toMatchObject({ _tag: "UnknownEntity", entity, nearest: "golden_bot" })
    expect(unknown.message).toBe(`No row stored is about ${entity}; did you mean golden_bot?`)
  })

  test("wiki-history names the entities that there are where it is asked for one unlike them, slots last", async () => {
    await store(database, [{ level: 7, cost: "400", days: [10, 14], revision: 1 }])
    await database.sql`
      insert into definitions.wiki_data (page_url, canonical_name, entity_id, content_hash, headers,
        raw_row, source_section, parse_version)
      values (${page}, '2', '2', ${"0".repeat(64)}, array['Slots'], '{"Slots":"2"}',
        'cards_table_0', 'cards_v1')`
    const outcome = await runHere("wiki-history", ["--entity", "golden"], {
      DATABASE_URL: database.url,
    })
    expect(outcome).toMatchObject({ exitCode: 1, stdout: "" })
    expect(outcome.stderr).toContain("No row stored is about golden. Known: golden_bot, 2.")
  })

  test("wiki-history says of which target nothing is stored yet", async () => {
    const request = { ...all, target: "cards_list", entity: "cash" } as const
    expect(await database.run(Effect.flip(wikiHistory(request)))).toMatchObject({
      message: expect.stringContaining(
        "Nothing of the wiki is stored for the target cards_list yet.",
      ),
    })
  })
})
