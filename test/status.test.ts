import { expect, test } from "bun:test"
import { databaseStatus } from "../lib/status.ts"
import { onFilledDatabase } from "./support/databases.ts"
import { defineDemo } from "./support/demo-data.ts"

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
      ["bots", 110],
      ["cards_list", 24],
      [null, 3],
      ["slots", 20],
      ["guardian_chips", 415],
      ["ultimate_weapons", 316],
    ])
  })
})
