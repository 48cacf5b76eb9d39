import * as Effect from "effect/Effect"
import { addBoundary } from "../../lib/battle-reports/patches.ts"
import { execute } from "../../lib/database/query.ts"
import { fillWithDemo } from "../support/demo-data.ts"

/** What people could call themselves, or write on the wiki, to do harm on a page that shows it. */
export const hostileName = `<img src=x onerror=alert(1)>"'&\u202e</title><script>alert(2)</script>`

/**
 * The demo with hostile names: of a player, of a patch, of a card, of a cell that has changed, and of a
 * label that the reader does not know.
 */
export const fillWithHostileNames = Effect.gen(function* () {
  yield* fillWithDemo
  yield* addBoundary({ date: "2026-03-01", label: hostileName })
  yield* execute((sql) => sql`update player_state.player set display_name = ${hostileName}`)
  yield* execute(
    (sql) => sql`
      update gamedata.battle_report_progress
      set not_understood = jsonb_build_object('date', null, 'values', jsonb_build_array(),
        'labels', jsonb_build_array(jsonb_build_array(${hostileName}::text, '1')))`,
  )
  yield* execute(
    (sql) => sql`
      update definitions.definition set name = ${hostileName}, description = ${hostileName},
        wiki_page_url = 'javascript:alert(3)'
      where slug in ('coins', 'golden_bot')`,
  )
  yield* execute(
    (sql) => sql`
      insert into definitions.wiki_data (page_url, canonical_name, entity_id, content_hash, headers,
        raw_row, source_section, parse_version, page_revision, first_seen, last_seen)
      select page_url, ${hostileName}, entity_id, encode(sha256('changed'), 'hex'), headers,
        raw_row || jsonb_build_object(headers[1], ${hostileName}::text), source_section,
        parse_version, page_revision + 1, last_seen + interval '1 day', last_seen + interval '1 day'
      from definitions.wiki_data where entity_id = 'coins'`,
  )
})
