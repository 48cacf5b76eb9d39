import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { adopt, verify } from "../../lib/adoption/adopt.ts"
import { openSource } from "../../lib/adoption/source/open-source.ts"
import { SqlitePatience } from "../../lib/adoption/source/sqlite-source.ts"
import { type Mode, transaction } from "../../lib/database/transaction.ts"
import type { Facts, Outcome } from "../../lib/terminal/report.ts"
import type { TestDatabase } from "../support/databases.ts"

/** Adopts what an address or file names, or says what that would do. */
export const adoptFrom = (database: TestDatabase, from: string, mode: Mode): Promise<Outcome> =>
  database.run(
    Effect.scoped(
      Effect.flatMap(openSource(from), (source) => transaction(mode)(adopt(mode, source))),
    ).pipe(Effect.provideService(SqlitePatience, Duration.millis(200))),
  )

/** Compares what was adopted with what an address or file names. */
export const verifyFrom = (database: TestDatabase, from: string): Promise<Outcome> =>
  database.run(
    Effect.scoped(
      Effect.flatMap(openSource(from), (source) => transaction("check")(verify(source))),
    ),
  )

/** The lines that say what becomes of rows; what a write has verified, and what is next, comes after them. */
export const fatesIn = ({ units }: Outcome): readonly Facts[] =>
  units.filter((unit) => unit.verified === undefined && unit.next === undefined)

/** Why rows of a table were kept aside, each reason with the rows' ids. */
export const reasonsIn = ({ units }: Outcome): readonly string[] =>
  units
    .filter((unit) => unit.aside_of !== undefined)
    .map(({ aside_of, ids, why }) => `${aside_of} ${ids}: ${why}`)

/** The rows that a statement returns. */
export const select = async (
  { sql }: TestDatabase,
  statement: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> => [...(await sql.unsafe(statement))]

const tables = [
  ...["definitions.wiki_data", "definitions.definition", "definitions.parameter"],
  ...["definitions.parameter_level", "definitions.patch_boundary", "definitions.unit"],
  ...["player_state.account", "player_state.player", "player_state.preset"],
  ...["player_state.progress", "player_state.parameter_progress", "player_state.progress_preset"],
  ...["player_state.goal", "gamedata.battle_report", "gamedata.battle_report_progress"],
  ...["gamedata.battle_report_metrics", "gamedata.run_bot", "gamedata.run_ultimate_weapon"],
  ...["gamedata.run_guardian_chip", "towerstats.adopted_row", "towerstats.adoption"],
]

/** Every row of every table that an adoption fills, with the version that a write would change. */
export const everything = async ({ sql }: TestDatabase): Promise<string> => {
  const rows = await Promise.all(
    tables.map(
      (table) =>
        sql`select ${table} as name, xmin::text as version, to_jsonb(t)::text as row
          from ${sql(table)} as t order by 3`,
    ),
  )
  return rows
    .flat()
    .map(({ name, version, row }) => `${name} ${version} ${row}`)
    .join("\n")
}
