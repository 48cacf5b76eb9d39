import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Database } from "../database/database.ts"
import type { DatabaseError } from "../database/database-errors.ts"
import { queryRow, queryRows } from "../database/query.ts"
import type { Mode } from "../database/transaction.ts"
import { withProgress } from "../terminal/progress-bar.ts"
import { type Facts, type Outcome, sumFacts } from "../terminal/report.ts"
import { listPlayers, type Player } from "./players.ts"
import { type PlayerRange, type SyncStep, syncSteps } from "./sync-steps.ts"

/**
 * How many players are synced at a time. Each batch scans the rows of those before it, so few large
 * batches are faster; this one is small enough to show progress.
 */
export const playersPerBatch = 5000

const Count = Schema.Struct({ playerId: Schema.Int, rows: Schema.Int })

const countStep = (mode: Mode, players: PlayerRange, step: SyncStep) =>
  queryRows(Count, (sql) => {
    const rows = step.rows(sql, players)
    return mode === "check"
      ? sql`select player_id as "playerId", count(*) as rows from (${rows}) as found group by player_id`
      : sql`with done as (${step.apply(sql, rows)})
            select player_id as "playerId", count(*) as rows from done group by player_id`
  })

const syncBatch = Effect.fnUntraced(function* (mode: Mode, players: readonly Player[]) {
  const ids = players.map(({ id }) => id)
  const range = { first: Math.min(...ids), last: Math.max(...ids) }
  const steps = yield* Effect.forEach(syncSteps, (step) =>
    Effect.map(countStep(mode, range, step), (counts) => ({
      name: step.name,
      byPlayer: new Map(counts.map(({ playerId, rows }) => [playerId, rows])),
    })),
  )
  return players.map(
    ({ id, username }): Facts => ({
      username,
      ...Object.fromEntries(steps.map(({ name, byPlayer }) => [name, byPlayer.get(id) ?? 0])),
    }),
  )
})

const stepNames = syncSteps.map(({ name }) => name)

/**
 * Creates the progress rows that `players` lack and restores the links that a purge left empty, or
 * counts them for a check. Levels, unlocks and everything else of a player's stay as they are.
 */
const syncPlayers = Effect.fnUntraced(function* (mode: Mode, players: readonly Player[]) {
  const inOrder = [...players].sort((a, b) => a.id - b.id)
  const batches = Array.from({ length: Math.ceil(inOrder.length / playersPerBatch) }, (_, index) =>
    inOrder.slice(index * playersPerBatch, (index + 1) * playersPerBatch),
  )
  const doing = mode === "check" ? "Checking" : "Syncing"
  const units = yield* withProgress(`${doing} players`, players.length, (advance) =>
    Effect.forEach(batches, (batch) =>
      Effect.tap(syncBatch(mode, batch), () => advance(batch.length)),
    ),
  )
  const facts = units.flat()
  const sums = sumFacts(facts, stepNames)
  return {
    units: facts,
    total: { players: facts.length, ...sums },
    changes: Object.values(sums).reduce<number>((sum, rows) => sum + Number(rows), 0),
  } satisfies Outcome
})

/** Syncs one player. */
export function syncPlayer(mode: Mode, player: Player) {
  return syncPlayers(mode, [player])
}

/** Syncs every player. */
export const syncAllPlayers = (mode: Mode): Effect.Effect<Outcome, DatabaseError, Database> =>
  Effect.flatMap(listPlayers, (players) => syncPlayers(mode, players))

const everyone: PlayerRange = { first: 0, last: Number.MAX_SAFE_INTEGER }

/** How many players lack progress rows or links that a sync would add. */
export const playersOutOfStep = Effect.map(
  queryRow(Schema.Struct({ players: Schema.Int }), (sql) => {
    const found = syncSteps
      .map(({ rows }) => sql`select player_id from (${rows(sql, everyone)}) as found`)
      .reduce((some, more) => sql`${some} union ${more}`)
    return sql`select count(*) as players from (${found}) as out_of_step`
  }),
  ({ players }) => players,
)
