import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Database } from "../../database/database.ts"
import { queryRow, queryValue } from "../../database/query.ts"
import type { Source } from "../source/source.ts"
import { numbered } from "./numbers.ts"
import { type Target, targetTables } from "./target-tables.ts"

/** The target holds what no adoption has brought: whose it is, nobody could tell afterwards. */
export class TargetInUse extends Schema.TaggedError<TargetInUse>()("TargetInUse", {
  server: Schema.String,
  accounts: Schema.Int,
  reports: Schema.Int,
}) {
  override get message(): string {
    return `The database ${this.server} already has ${this.accounts} account(s) and ${this.reports} battle report(s) that no adoption brought. Adopt into a database without players: another DATABASE_URL, or another TOWERSTATS_DATABASE_FOLDER for the embedded one. What the wiki says may be there already.`
  }
}

const requireFreeTarget = Effect.gen(function* () {
  const { accounts, reports, adoptions } = yield* queryRow(
    Schema.Struct({ accounts: Schema.Int, reports: Schema.Int, adoptions: Schema.Int }),
    (sql) => sql`
      select (select count(*) from player_state.account) as accounts,
        (select count(*) from gamedata.battle_report) as reports,
        (select count(*) from towerstats.adoption) as adoptions`,
  )
  const { server } = yield* Database
  if (adoptions === 0 && accounts + reports > 0)
    return yield* new TargetInUse({ server, accounts, reports })
})

/** What a target has before anything is put there. */
export interface TargetState {
  /** Names of the tables without rows. */
  readonly empty: ReadonlySet<string>
  /** By table, the first number that neither side has given to a row. */
  readonly nextId: ReadonlyMap<string, number>
}

/** The tables of the site whose numbers are kept. */
const numberedThere: Readonly<Partial<Record<Target, string>>> = {
  wikiRow: "definitions_wikidata",
  patchBoundary: "definitions_patchboundary",
  unit: "definitions_unit",
  account: "auth_user",
  player: "player_state_player",
  preset: "player_state_preset",
  battleReport: "gamedata_battlereport",
}

const isEmpty = (table: string) =>
  queryValue(Schema.Boolean, (sql) => sql`select not exists (select from ${sql(table)}) as value`)

const lastId = (table: string) =>
  queryValue(
    Schema.Int,
    (sql) => sql`select coalesce(max(id), 0)::bigint as value from ${sql(table)}`,
  )

/** Looks at a target, which must be free or hold what earlier adoptions brought. */
export const targetState = Effect.fnUntraced(function* (source: Source) {
  yield* requireFreeTarget
  const names = Object.values(targetTables).map(({ name }) => name)
  const empty = yield* Effect.filter(names, isEmpty)
  const nextIds = yield* Effect.forEach(numbered, (target) =>
    Effect.gen(function* () {
      const { name } = targetTables[target]
      const there = numberedThere[target]
      const isThere = there !== undefined && source.tables.has(there)
      const last = isThere ? yield* source.figure(there, "max", "id") : 0
      return [name, Math.max(last, yield* lastId(name)) + 1] as const
    }),
  )
  return { empty: new Set(empty), nextId: new Map(nextIds) } satisfies TargetState
})
