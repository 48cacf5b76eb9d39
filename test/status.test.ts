import { expect, test } from "bun:test"
import { databaseStatus } from "../lib/status.ts"
import { onFilledDatabase } from "./support/databases.ts"
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
