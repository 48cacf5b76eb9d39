import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { execute, queryRows } from "../database/query.ts"
import type { Mode } from "../database/transaction.ts"
import { addPlayer, findPlayer } from "../player-state/players.ts"
import { readerVersion } from "./reader-version.ts"
import type { ReportSource } from "./report-files.ts"
import { type SlugsOf, slugsByName } from "./slugs-by-name.ts"

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

/** What to import, and for whom. */
export interface ImportRequest {
  readonly username: string
  /** Create the account and the player when there are none. */
  readonly createPlayer: boolean
  readonly files: readonly ReportSource[]
  readonly preset: Option.Option<string>
  readonly isTournament: boolean
}

/** What every report of an import is stored with. */
export interface ImportSettings {
  readonly playerId: number
  readonly playersCreated: number
  readonly preset: Preset | null
  readonly presetsCreated: number
  readonly isTournament: boolean
  readonly readerVersion: string
  readonly botSlugs: SlugsOf
  readonly weaponSlugs: SlugsOf
}

// A check creates nothing: no stored row has this id.
const notStored = 0

const resolvePlayer = Effect.fnUntraced(function* (
  mode: Mode,
  { username, createPlayer }: ImportRequest,
) {
  const existing = Effect.map(findPlayer(username), ({ id }) => ({ id, created: 0 }))
  if (!createPlayer) return yield* existing
  const create =
    mode === "write"
      ? Effect.map(addPlayer(username, Option.none()), ({ player }) => player.id)
      : Effect.succeed(notStored)
  return yield* Effect.catchTag(existing, ["UnknownUser", "UserWithoutPlayer"], () =>
    Effect.map(create, (id) => ({ id, created: 1 })),
  )
})

const resolvePreset = Effect.fnUntraced(function* (
  mode: Mode,
  playerId: number,
  { preset: wanted }: ImportRequest,
) {
  if (Option.isNone(wanted)) return { preset: null, created: 0 }
  const existing = yield* findPreset(playerId, wanted.value)
  if (existing !== null) return { preset: existing, created: 0 }
  return { preset: mode === "write" ? yield* addPreset(playerId, wanted.value) : null, created: 1 }
})

/** Looks up the player and the preset of an import; a write creates what may be created. */
export const resolveSettings = Effect.fnUntraced(function* (mode: Mode, request: ImportRequest) {
  const player = yield* resolvePlayer(mode, request)
  const preset = yield* resolvePreset(mode, player.id, request)
  return {
    playerId: player.id,
    playersCreated: player.created,
    preset: preset.preset,
    presetsCreated: preset.created,
    isTournament: request.isTournament,
    readerVersion: yield* readerVersion,
    botSlugs: yield* slugsByName("bot"),
    weaponSlugs: yield* slugsByName("ultimate_weapon"),
  } satisfies ImportSettings
})
