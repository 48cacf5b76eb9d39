import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { execute, queryRows } from "../database/query.ts"

/** A player and the account it belongs to. */
export const Player = Schema.Struct({
  id: Schema.Int,
  username: Schema.String,
  displayName: Schema.String,
})
export type Player = typeof Player.Type

// As a shell takes it: what the message says can be copied and run.
const asArgument = (username: string): string =>
  /^[\w.@+-]+$/.test(username) ? username : `'${username.replaceAll("'", "'\\''")}'`

/** No account has this username. */
export class UnknownUser extends Schema.TaggedError<UnknownUser>()("UnknownUser", {
  username: Schema.String,
}) {
  override get message(): string {
    return `Unknown user: ${this.username}. List the known ones with \`bun run players list\`, or add one with \`bun run players add ${asArgument(this.username)}\`.`
  }
}

/** The account exists but plays nothing. */
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
    select player.id, username, display_name as "displayName"
    from player_state.player join player_state.account on account.id = account_id
    order by username`,
)

const Account = Schema.Struct({
  username: Schema.String,
  id: Schema.NullOr(Schema.Int),
  displayName: Schema.NullOr(Schema.String),
})

/** The player of the account `username`; not a player's display name. */
export const findPlayer = Effect.fnUntraced(function* (username: string) {
  const [account] = yield* queryRows(
    Account,
    (sql) => sql`
      select username, player.id, display_name as "displayName"
      from player_state.account left join player_state.player on account_id = account.id
      where username = ${username}`,
  )
  if (account === undefined) return yield* new UnknownUser({ username })
  const { id, displayName } = account
  if (id === null || displayName === null) return yield* new UserWithoutPlayer({ username })
  return { id, username, displayName } satisfies Player
})

/** The player of `username`; the account and the player are created where they are missing. */
export const addPlayer = Effect.fnUntraced(function* (
  username: string,
  displayName: Option.Option<string>,
) {
  yield* execute(
    (sql) =>
      sql`insert into player_state.account (username) values (${username}) on conflict do nothing`,
  )
  const added = yield* execute(
    (sql) => sql`
      insert into player_state.player (account_id, display_name)
      select id, ${Option.getOrElse(displayName, () => username)}
      from player_state.account where username = ${username}
      on conflict do nothing`,
  )
  return { player: yield* Effect.orDie(findPlayer(username)), added: added === 1 }
})
