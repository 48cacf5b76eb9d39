import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { execute, queryFirst, queryRows } from "../database/query.ts"
import { sentence } from "../terminal/sentence.ts"

/** A player, with the username of its account. */
export const Player = Schema.Struct({
  id: Schema.Int,
  username: Schema.String,
  displayName: Schema.String,
  /** The time zone of the player's device, by its IANA name. */
  timeZone: Schema.String,
})
export type Player = typeof Player.Type

/** A username quoted for a shell, so that a command in a message can be copied and run. */
export function asArgument(username: string): string {
  return /^[\w.@+-]+$/.test(username) ? username : `'${username.replaceAll("'", "'\\''")}'`
}

/** No account has this username. */
export class UnknownUser extends Schema.TaggedError<UnknownUser>()("UnknownUser", {
  username: Schema.String,
}) {
  override get message(): string {
    return `${sentence(`Unknown user: ${this.username}`)} List the known ones with \`bun run players list\`, or add one with \`bun run players add ${asArgument(this.username)}\`.`
  }
}

/** The account exists but has no player. */
export class UserWithoutPlayer extends Schema.TaggedError<UserWithoutPlayer>()(
  "UserWithoutPlayer",
  { username: Schema.String },
) {
  override get message(): string {
    return `User ${this.username} does not have an associated player. Create it with \`bun run players add ${asArgument(this.username)}\`.`
  }
}

/** All players, by username. */
export const listPlayers = queryRows(
  Player,
  (sql) => sql`
    select player.id, username, display_name as "displayName", time_zone as "timeZone"
    from player_state.player join player_state.account on account.id = account_id
    order by username`,
)

const Account = Schema.Struct({
  username: Schema.String,
  id: Schema.NullOr(Schema.Int),
  displayName: Schema.NullOr(Schema.String),
  timeZone: Schema.NullOr(Schema.String),
})

/** Finds a player by the username of its account, not by its display name. */
export const findPlayer = Effect.fnUntraced(function* (username: string) {
  const account = yield* queryFirst(
    Account,
    (sql) => sql`
      select username, player.id, display_name as "displayName", time_zone as "timeZone"
      from player_state.account left join player_state.player on account_id = account.id
      where username = ${username}`,
  )
  if (account === null) return yield* new UnknownUser({ username })
  const { id, displayName, timeZone } = account
  if (id === null || displayName === null || timeZone === null)
    return yield* new UserWithoutPlayer({ username })
  return { id, username, displayName, timeZone } satisfies Player
})

/** What a person can set for a player; what is left out stays, or takes its default. */
export interface PlayerSettings {
  readonly displayName: Option.Option<string>
  readonly timeZone: Option.Option<string>
}

const defaults: PlayerSettings = { displayName: Option.none(), timeZone: Option.none() }

/**
 * The player of `username`. A missing account or player is created; an existing one stays as it is.
 */
export const addPlayer = Effect.fnUntraced(function* (
  username: string,
  { displayName, timeZone }: PlayerSettings = defaults,
) {
  yield* execute(
    (sql) =>
      sql`insert into player_state.account (username) values (${username}) on conflict do nothing`,
  )
  const added = yield* execute(
    (sql) => sql`
      insert into player_state.player (account_id, display_name, time_zone)
      select id, ${Option.getOrElse(displayName, () => username)},
        ${Option.getOrElse(timeZone, () => "UTC")}
      from player_state.account where username = ${username}
      on conflict do nothing`,
  )
  return { player: yield* Effect.orDie(findPlayer(username)), added: added === 1 }
})

/** Changes the settings of the player of `username`; `changed` tells whether any is different now. */
export const setPlayer = Effect.fnUntraced(function* (username: string, settings: PlayerSettings) {
  const before = yield* findPlayer(username)
  const displayName = Option.getOrElse(settings.displayName, () => before.displayName)
  const timeZone = Option.getOrElse(settings.timeZone, () => before.timeZone)
  const changed = yield* execute(
    (sql) => sql`
      update player_state.player set display_name = ${displayName}, time_zone = ${timeZone}
      where id = ${before.id} and (display_name, time_zone) <> (${displayName}, ${timeZone})`,
  )
  return { player: { ...before, displayName, timeZone } satisfies Player, changed: changed === 1 }
})
