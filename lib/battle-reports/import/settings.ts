import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { execute, queryFirst, queryValue } from "../../database/query.ts"
import type { Mode } from "../../database/transaction.ts"
import { addPlayer, asArgument, findPlayer } from "../../player-state/players.ts"
import type { ReportSource } from "../files/report-files.ts"
import { readerVersion } from "../reader-version.ts"
import { type SlugsOf, slugsByName } from "../slugs-by-name.ts"

const Preset = Schema.Struct({ id: Schema.Int, name: Schema.String, colour: Schema.String })
/** A player's named set-up for runs. */
export type Preset = typeof Preset.Type

// Who writes holds what it found: the preset of its runs is to stay, and so is the time zone in which
// their dates are computed.

const findPreset = (mode: Mode, playerId: number, name: string) =>
  queryFirst(
    Preset,
    (sql) => sql`
      select id, name, colour from player_state.preset
      where player_id = ${playerId} and name = ${name}
      ${mode === "write" ? sql`for key share` : sql``}`,
  )

const holdPlayer = (username: string) =>
  execute(
    (sql) => sql`
      select from player_state.account join player_state.player on account_id = account.id
      where username = ${username}
      for share of player`,
  )

/** Colours that are told apart on light and on dark; a player's presets take them in turn. */
const palette = [
  "#4477aa",
  "#ee6677",
  "#228833",
  "#ccbb44",
  "#66ccee",
  "#aa3377",
  "#ee7733",
  "#009988",
] as const

const addPreset = Effect.fnUntraced(function* (playerId: number, name: string) {
  const presets = yield* queryValue(
    Schema.Int,
    (sql) => sql`
      select count(*) as value from player_state.preset where player_id = ${playerId}`,
  )
  const colour = palette[presets % palette.length] ?? palette[0]
  return yield* execute(
    (sql) => sql`
      insert into player_state.preset (player_id, name, colour)
      values (${playerId}, ${name}, ${colour})
      on conflict do nothing`,
  )
})

/** What to import, and for whom. */
export interface ImportRequest {
  readonly username: string
  /** Create the account and the player if there are none. */
  readonly createPlayer: boolean
  /** The zone that the player's device is set to; a player who exists keeps the one that is stored. */
  readonly timeZone: Option.Option<string>
  readonly files: readonly ReportSource[]
  readonly preset: Option.Option<string>
  readonly isTournament: boolean
}

/** What every report of an import is stored with. */
export interface ImportSettings {
  readonly playerId: number
  readonly timeZone: string
  readonly playersCreated: number
  /** The preset of the runs; null for none. */
  readonly preset: Preset | null
  readonly presetsCreated: number
  readonly isTournament: boolean
  readonly readerVersion: string
  readonly botSlugs: SlugsOf
  readonly weaponSlugs: SlugsOf
}

/** The player is stored with another time zone than the import names. */
export class OtherTimeZone extends Schema.TaggedError<OtherTimeZone>()("OtherTimeZone", {
  username: Schema.String,
  stored: Schema.String,
  given: Schema.String,
}) {
  override get message(): string {
    return `The time zone of ${this.username} is ${this.stored}, not ${this.given}. Leave --time-zone out, or change it for all of the player's reports with \`bun run players set ${asArgument(this.username)} --time-zone ${this.given}\`.`
  }
}

/** The id of what a check does not create: no stored row has it. */
export const notStored = 0

const resolvePlayer = Effect.fnUntraced(function* (mode: Mode, request: ImportRequest) {
  const { username, createPlayer, timeZone } = request
  const create =
    mode === "write"
      ? Effect.map(addPlayer(username, { displayName: Option.none(), timeZone }), (added) => ({
          ...added.player,
          created: added.added ? 1 : 0,
        }))
      : Effect.succeed({
          id: notStored,
          timeZone: Option.getOrElse(timeZone, () => "UTC"),
          created: 1,
        })
  if (mode === "write") yield* holdPlayer(username)
  const existing = Effect.map(findPlayer(username), (player) => ({ ...player, created: 0 }))
  const player = yield* createPlayer
    ? Effect.catchTag(existing, ["UnknownUser", "UserWithoutPlayer"], () => create)
    : existing
  if (Option.isSome(timeZone) && timeZone.value !== player.timeZone)
    return yield* new OtherTimeZone({
      username,
      stored: player.timeZone,
      given: timeZone.value,
    })
  return player
})

const resolvePreset = Effect.fnUntraced(function* (
  mode: Mode,
  playerId: number,
  { preset: wanted }: ImportRequest,
) {
  if (Option.isNone(wanted)) return { preset: null, created: 0 }
  const name = wanted.value
  const existing = yield* findPreset(mode, playerId, name)
  if (existing !== null) return { preset: existing, created: 0 }
  if (mode === "check") return { preset: { id: notStored, name, colour: "" }, created: 1 }
  const created = yield* addPreset(playerId, name)
  return { preset: yield* findPreset(mode, playerId, name), created }
})

/** The database's time, an ISO instant. */
export const currentTime = queryValue(
  Schema.String,
  (sql) => sql`select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as value`,
)

/** Looks up the player and the preset of an import; a write creates what may be created. */
export const resolveSettings = Effect.fnUntraced(function* (mode: Mode, request: ImportRequest) {
  const player = yield* resolvePlayer(mode, request)
  const preset = yield* resolvePreset(mode, player.id, request)
  return {
    playerId: player.id,
    timeZone: player.timeZone,
    playersCreated: player.created,
    preset: preset.preset,
    presetsCreated: preset.created,
    isTournament: request.isTournament,
    readerVersion: yield* readerVersion,
    botSlugs: yield* slugsByName("bot"),
    weaponSlugs: yield* slugsByName("ultimate_weapon"),
  } satisfies ImportSettings
})
