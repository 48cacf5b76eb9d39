import type { SourceRow } from "../source/source.ts"
import type { Planned } from "../target/place.ts"
import { isCount } from "./definitions.ts"
import { type Leftovers, originOf } from "./leftovers.ts"

/** A time for a row of a version of the site that kept none. */
export const unknownTime = "now"

/**
 * The accounts: of a user nothing but the number and the name.
 *
 * @param usernames those that are taken; what comes is added
 */
export const mapAccounts = (
  rows: readonly SourceRow[],
  usernames: Set<string>,
  leftovers: Leftovers,
): readonly (Planned<"account"> & { readonly username: string })[] =>
  rows.map((row) => {
    const id = row.id ?? ""
    const written = row.username ?? ""
    const username = written === "" || usernames.has(written) ? `user ${id}` : written
    if (username !== written) leftovers.alsoKeep("auth_user", row, `it is called "${username}"`)
    usernames.add(username)
    return { username, from: originOf("auth_user", row), row: { id, username } }
  })

/** A count of a player's; 0 where the site has none or none that can be. */
const countOf = (row: SourceRow, column: string, table: string, leftovers: Leftovers): string => {
  const count = row[column]
  if (isCount(count)) return count
  if (count !== undefined && count !== null)
    leftovers.alsoKeep(table, row, `its ${column} is no count`)
  return "0"
}

/** The players of accounts. A second player of a user has no place, nor has what belongs to it. */
export const mapPlayers = (
  rows: readonly SourceRow[],
  accounts: ReadonlyMap<string, { readonly id: string; readonly username: string }>,
  usersWithPlayer: Set<string>,
  leftovers: Leftovers,
): readonly Planned<"player">[] => {
  const table = "player_state_player"
  return rows.flatMap((row) => {
    const user = row.user_id ?? ""
    const account = accounts.get(user)
    if (account === undefined || usersWithPlayer.has(user)) {
      const why = account === undefined ? "its user is not there" : "its user has another player"
      leftovers.onlyKeep(table, row, why)
      return []
    }
    usersWithPlayer.add(user)
    return {
      from: originOf(table, row),
      row: {
        id: row.id ?? "",
        account_id: account.id,
        display_name: row.display_name || account.username,
        card_slots_unlocked: countOf(row, "card_slots_unlocked", table, leftovers),
        guardian_chip_slots_unlocked: countOf(
          row,
          "guardian_chip_slots_unlocked",
          table,
          leftovers,
        ),
        created_at: row.created_at ?? unknownTime,
      },
    }
  })
}

/** What belongs to a player that has no place here has none either. */
export const playerOf = (
  table: string,
  row: SourceRow,
  players: ReadonlyMap<string, string>,
  leftovers: Leftovers,
): string | null => {
  const player = players.get(row.player_id ?? "") ?? null
  if (player === null) leftovers.onlyKeep(table, row, "its player has no place here")
  return player
}

/** The presets of players. */
export const mapPresets = (
  rows: readonly SourceRow[],
  players: ReadonlyMap<string, string>,
  leftovers: Leftovers,
): readonly (Planned<"preset"> & { readonly player: string })[] => {
  const table = "player_state_preset"
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const player = playerOf(table, row, players, leftovers)
    if (player === null) return []
    const written = row.name ?? ""
    const keyOf = (name: string) => JSON.stringify([player, name])
    const name =
      written === ""
        ? `Preset ${row.id}`
        : seen.has(keyOf(written))
          ? `${written} (${row.id})`
          : written
    if (name !== written) leftovers.alsoKeep(table, row, `it is called "${name}"`)
    seen.add(keyOf(name))
    return {
      player,
      from: originOf(table, row),
      row: {
        id: row.id ?? "",
        player_id: player,
        name,
        colour: row.color ?? "",
        notes: row.notes ?? "",
        created_at: row.created_at ?? unknownTime,
      },
    }
  })
}
