import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { execute, queryRows } from "../database/query.ts"

const Preset = Schema.Struct({ id: Schema.Int, name: Schema.String, colour: Schema.String })
/** A player's named set-up for runs. */
export type Preset = typeof Preset.Type

/** The player's preset of this name, if there is one. */
export const findPreset = (playerId: number, name: string) =>
  Effect.map(
    queryRows(
      Preset,
      (sql) => sql`
        select id, name, colour from player_state.preset
        where player_id = ${playerId} and name = ${name}`,
    ),
    ([preset]): Preset | null => preset ?? null,
  )

/** Adds a preset for the player. */
export const addPreset = Effect.fnUntraced(function* (playerId: number, name: string) {
  yield* execute(
    (sql) => sql`insert into player_state.preset (player_id, name) values (${playerId}, ${name})`,
  )
  return yield* findPreset(playerId, name)
})
