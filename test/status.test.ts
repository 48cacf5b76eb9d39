import { expect, test } from "bun:test"
import { databaseStatus, outstandingWork } from "../lib/status.ts"
import { onEachDatabase, onFilledDatabase } from "./support/databases.ts"
import { defineDemo } from "./support/demo-data.ts"
import { demoRows } from "./support/demo-files.ts"

onFilledDatabase("the status", defineDemo, (database) => {
  test("the status counts the wiki's stored rows by target", async () => {
    await database.sql`
      insert into definitions.wiki_data (page_url, canonical_name, entity_id, content_hash, headers,
        raw_row, source_section, parse_version, first_seen, last_seen)
      select page_url, canonical_name, entity_id, content_hash, headers, raw_row, source_section,
        'cards_v0', first_seen, last_seen
      from definitions.wiki_data where parse_version = 'cards_v1' limit 3`
    const { units } = await database.run(databaseStatus)
    const wiki = units.filter(({ area }) => area === "wiki")
    expect(wiki.map(({ target, revisions }) => [target, revisions])).toEqual([
      ["bots", demoRows.bots],
      ["cards_list", demoRows.cards_list],
      [null, 3],
      ["slots", demoRows.slots],
      ["guardian_chips", demoRows.guardian_chips],
      ["ultimate_weapons", demoRows.ultimate_weapons],
    ])
  })
  test("the status says since when the oldest definition of a kind has been what it is", async () => {
    await database.sql`
      update definitions.wiki_data set last_seen = '2100-01-02 03:04Z'
      where id <> (
        select max(source_wikidata_id) from definitions.parameter_level where kind = 'bot')`
    const { units } = await database.run(databaseStatus)
    const definitions = units.filter(({ area }) => area === "definitions")
    expect(definitions).toMatchObject([
      { kind: "bot", definitions: 4, parameters: 16, levels: 351 },
      { kind: "card", definitions: 24, parameters: 0, levels: 0 },
      { kind: "guardian_chip", definitions: 5, parameters: 15, levels: 722 },
      { kind: "ultimate_weapon", definitions: 9, parameters: 27, levels: 586 },
    ])
    expect(
      definitions.flatMap(({ kind, oldest_since_utc: since }) =>
        since === "2100-01-02 03:04" ? [kind] : [],
      ),
    ).toEqual(["card", "guardian_chip", "ultimate_weapon"])
  })
})

onEachDatabase("the status of a database without definitions", (database) => {
  const kindsInDrift = async () => {
    const work = await database.run(outstandingWork)
    expect(work.at(-1)).toMatchObject({ area: "backlog", wiki_drift: work.length - 1 })
    return work.slice(0, -1).map(({ kind }) => kind)
  }
  const wiki = async () =>
    (await database.run(databaseStatus)).units.filter(({ area }) => area === "wiki")

  test("the status says that nothing was fetched yet, which is no drift, and what to run", async () => {
    expect(await kindsInDrift()).toEqual([])
    expect(await wiki()).toEqual([
      {
        ...{ area: "wiki", target: null, revisions: 0, current_rows: 0, last_fetch_utc: null },
        note: "nothing was fetched yet; run `bun run rebuild-wiki-definitions --write`",
      },
    ])
  })

  test("the status counts a kind without rows as drift once anything of the wiki was fetched", async () => {
    await database.sql`
      insert into definitions.wiki_data (page_url, canonical_name, entity_id, content_hash, headers,
        raw_row, source_section, parse_version)
      values ('https://wiki.test/wiki/Cards', '2', '2', ${"0".repeat(64)}, array['Slots'],
        '{"Slots":"2"}', 'cards_table_0', 'cards_v1')`
    expect(await kindsInDrift()).toEqual(["card", "bot", "guardian_chip", "ultimate_weapon"])
    expect(await wiki()).toMatchObject([{ target: "slots", revisions: 1 }])
  })
})
