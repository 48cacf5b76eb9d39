import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { queryRows } from "../database/query.ts"
import type { AdoptedDefinitions } from "./adopt-definitions.ts"
import type { Adopter } from "./adopter.ts"
import { kindNames, levelledNames } from "./mapping/definitions.ts"
import { mapParameterProgress } from "./mapping/parameter-progress.ts"
import { mapAccounts, mapPlayers, mapPresets } from "./mapping/players.ts"
import {
  type KnownProgress,
  mapGoals,
  mapProgress,
  mapProgressPresets,
} from "./mapping/progress.ts"
import type { KnownPreset } from "./mapping/reports.ts"
import type { Range, SourceRow } from "./source/source.ts"

const usersPerBatch = 5000
const playersPerBatch = 500

/** The ranges between the last row of each chunk and the next, which leave out no number. */
export const firstNumber = "-9223372036854775808"
export const lastNumber = "9223372036854775807"
export const numberAfter = (number: string): string => String(BigInt(number) + 1n)

/** This target holds what was adopted from another installation. */
export class AdoptedFromAnother extends Schema.TaggedError<AdoptedFromAnother>()(
  "AdoptedFromAnother",
  { source: Schema.String, username: Schema.String },
) {
  override get message(): string {
    return `This database holds what was adopted from another installation than ${this.source}, where the user ${this.username} joined at another time. Adopt each installation into a database of its own.`
  }
}

// A user's number and the moment of joining are the same in every copy of an installation.
const joinedHere = queryRows(
  Schema.Struct({ id: Schema.String, joined: Schema.NullOr(Schema.String) }),
  (sql) => sql`
    select source_id as id, row ->> 'date_joined' as joined from towerstats.adopted_row
    where source_table = 'auth_user'`,
)

/** Puts accounts in their places, by the site's numbers of their users. */
const adoptAccounts = Effect.fnUntraced(function* (adopter: Adopter) {
  const joined = new Map((yield* joinedHere).map(({ id, joined }) => [id, joined]))
  const accounts = new Map<string, { readonly id: string; readonly username: string }>()
  const usernames = new Set<string>()
  let after: string | null = null
  for (;;) {
    const rows: readonly SourceRow[] = yield* adopter.next("auth_user", after, usersPerBatch)
    for (const { id, username, date_joined } of rows)
      if (joined.has(id ?? "") && joined.get(id ?? "") !== date_joined)
        return yield* new AdoptedFromAnother({
          source: adopter.source.name,
          username: username ?? "",
        })
    const planned = mapAccounts(adopter.inspected("auth_user", rows), usernames, adopter.leftovers)
    const ids = yield* adopter.place("account", planned)
    for (const [index, { from, username }] of planned.entries())
      accounts.set(from.id, { id: ids[index] ?? "", username })
    yield* adopter.settle
    if (rows.length < usersPerBatch) return accounts
    after = rows.at(-1)?.id ?? null
  }
})

/** What is known of players once they have their places, by the site's numbers. */
export interface AdoptedPlayers {
  readonly players: ReadonlyMap<string, string>
  readonly presets: ReadonlyMap<string, KnownPreset>
}

/** Puts in its place what belongs to players whose numbers there are in a range. */
const adoptBelongings = Effect.fnUntraced(function* (
  adopter: Adopter,
  { definitions, bySlug, parameters, parametersBySlug }: AdoptedDefinitions,
  players: ReadonlyMap<string, string>,
  range: Range,
) {
  const { leftovers, inspected, within, place } = adopter
  const plannedPresets = mapPresets(
    inspected("player_state_preset", yield* within("player_state_preset", range)),
    players,
    leftovers,
  )
  const presetIds = yield* place("preset", plannedPresets)
  const presets = plannedPresets.map(
    ({ from, player }, index) => [from.id, { id: presetIds[index] ?? "", player }] as const,
  )

  const levels = new Map<string, readonly SourceRow[]>()
  for (const { progress, parent, parentTable } of levelledNames) {
    const through = { table: parentTable, of: range.column }
    const rows = yield* within(progress, { ...range, column: parent, through })
    levels.set(parentTable, inspected(progress, rows))
  }
  const known = new Map<string, ReadonlyMap<string, KnownProgress>>()
  for (const names of kindNames) {
    const { kind, progress: table } = names
    const own = levelledNames.find(({ parentTable }) => parentTable === table)
    const risen = (levels.get(table) ?? []).filter(({ level }) => Number(level) > 0)
    const levelled = new Set(risen.map((row) => row[own?.parent ?? ""] ?? ""))
    const planned = mapProgress(names, inspected(table, yield* within(table, range)), {
      players,
      definitions: definitions.get(names.definitions) ?? new Map(),
      bySlug,
      levelled,
      leftovers,
    })
    const ids = yield* place("progress", planned)
    const places = planned.map(
      ({ from, player, playerThere, slug }, index) =>
        [from.id, { id: ids[index] ?? "", player, playerThere, kind, slug }] as const,
    )
    known.set(table, new Map(places))
  }
  for (const names of levelledNames) {
    const planned = mapParameterProgress(names, levels.get(names.parentTable) ?? [], {
      progress: known.get(names.parentTable) ?? new Map(),
      parameters: parameters.get(names.parameters) ?? new Map(),
      parametersBySlug,
      keepsKeyOrder: adopter.source.keepsKeyOrder,
      leftovers,
    })
    yield* place("parameterProgress", planned)
  }

  const cards = { table: "player_state_playercard", of: range.column }
  const inPresets = yield* within("player_state_playercardpreset", {
    ...range,
    column: "player_card_id",
    through: cards,
  })
  yield* place(
    "progressPreset",
    mapProgressPresets(
      inspected("player_state_playercardpreset", inPresets),
      known.get(cards.table) ?? new Map(),
      new Map(presets),
      leftovers,
    ),
  )
  const goals = yield* within("player_state_goaltarget", range)
  yield* place("goal", mapGoals(inspected("player_state_goaltarget", goals), players, leftovers))
  yield* adopter.settle
  return presets
})

/** Rows that are reached through others which are not there. */
const keepStrays = Effect.fnUntraced(function* ({ source, leftovers, settle }: Adopter) {
  const children = [
    ...levelledNames.map(({ progress, parent, parentTable }) => ({
      table: progress,
      column: parent,
      parent: parentTable,
    })),
    {
      table: "player_state_playercardpreset",
      column: "player_card_id",
      parent: "player_state_playercard",
    },
  ]
  for (const { table, column, parent } of children) {
    if (!source.tables.has(table) || !source.tables.has(parent)) continue
    for (const row of yield* source.strays(table, column, parent))
      leftovers.onlyKeep(table, row, `the row of ${parent} that it belongs to is not there`)
  }
  yield* settle
})

/** Puts players and what belongs to them, their reports apart, in their places. */
export const adoptPlayers = Effect.fnUntraced(function* (
  adopter: Adopter,
  definitions: AdoptedDefinitions,
) {
  const accounts = yield* adoptAccounts(adopter)
  const players = new Map<string, string>()
  const presets = new Map<string, KnownPreset>()
  const usersWithPlayer = new Set<string>()
  let after: string | null = null
  let first = firstNumber
  for (;;) {
    const rows: readonly SourceRow[] = yield* adopter.next(
      "player_state_player",
      after,
      playersPerBatch,
    )
    const isLast = rows.length < playersPerBatch
    after = rows.at(-1)?.id ?? after
    const planned = mapPlayers(
      adopter.inspected("player_state_player", rows),
      accounts,
      usersWithPlayer,
      adopter.leftovers,
    )
    const ids = yield* adopter.place("player", planned)
    const batch = new Map(planned.map(({ from }, index) => [from.id, ids[index] ?? ""]))
    for (const [there, here] of batch) players.set(there, here)
    const last = isLast || after === null ? lastNumber : after
    const range = { column: "player_id", first, last }
    for (const [there, preset] of yield* adoptBelongings(adopter, definitions, batch, range))
      presets.set(there, preset)
    if (isLast) break
    first = numberAfter(last)
  }
  yield* keepStrays(adopter)
  return { players, presets } satisfies AdoptedPlayers
})
