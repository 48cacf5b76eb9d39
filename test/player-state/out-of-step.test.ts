import { expect, test } from "bun:test"
import { addPlayer } from "../../lib/player-state/players.ts"
import { playersOutOfStep, syncAllPlayers } from "../../lib/player-state/sync.ts"
import { onFilledDatabase } from "../support/databases.ts"
import { fillWithDemo } from "../support/demo-data.ts"

onFilledDatabase("the players out of step", fillWithDemo, (database) => {
  test("a player out of step is counted once, whatever is missing, and a sync leaves none", async () => {
    expect(await database.run(playersOutOfStep)).toBe(0)
    await database.run(addPlayer("carol"))
    await database.sql`
      update player_state.progress set definition_id = null
      where slug = 'golden_bot' and player_id = (select min(id) from player_state.player)`
    await database.sql`
      delete from player_state.parameter_progress
      where key = 'range' and player_id = (select min(id) from player_state.player)`
    expect(await database.run(playersOutOfStep)).toBe(2)
    await database.run(syncAllPlayers("write"))
    expect(await database.run(playersOutOfStep)).toBe(0)
  })
})
