import * as Effect from "effect/Effect"
import { execute } from "../../lib/database/query.ts"
import { manyReports } from "../faults/input.ts"

/** Stores reports of so many players in turns, as the site does: nothing of them has been read. */
export const storeUnread = (players: number, reports: number) => {
  const texts = manyReports(1, reports)
    .split(/(?=Battle Report\n)/)
    .map((text, number) => ({ number, text, checksum: String(number).padStart(64, "0") }))
  return Effect.forEach(
    [
      `insert into player_state.account (username)
        select 'player ' || number from generate_series(1, ${players}) as number`,
      `insert into player_state.player (account_id, display_name)
        select id, username from player_state.account order by id`,
      `insert into definitions.definition (kind, slug, name, wiki_page_url, wiki_entity_id)
        values ('bot', 'golden_bot', 'Golden Bot', 'https://wiki.test/Golden_Bot', 'golden_bot')`,
      `insert into gamedata.battle_report (player_id, raw_text, checksum)
        select 1 + number % ${players}, text, checksum
        from jsonb_to_recordset('${JSON.stringify(texts)}')
          as given (number integer, text text, checksum text) order by number`,
    ],
    (statement) => execute((sql) => sql.unsafe(statement)),
    { discard: true },
  )
}
