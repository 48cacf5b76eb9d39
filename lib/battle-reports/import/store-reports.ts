import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Database } from "../../database/database.ts"
import { TransactionConflict } from "../../database/database-errors.ts"
import { execute, jsonList, queryRows, requireTouched } from "../../database/query.ts"
import type { Mode } from "../../database/transaction.ts"
import { neverRead, planReading } from "../reading-plan.ts"
import { storeReadings } from "../store-readings.ts"
import type { Candidate } from "./candidates.ts"
import type { ImportSettings } from "./settings.ts"

/** An ultimate weapon used in a run. */
export interface UsedWeapon {
  readonly slug: string
  readonly role: string
}

/** A report that the player does not have yet. */
export interface NewReport extends Candidate {
  /** The slugs of the bots used in the run. */
  readonly bots: readonly string[]
  /** The ultimate weapons used in the run, each with the roles that the report lists it under. */
  readonly weapons: readonly UsedWeapon[]
}

const Stored = Schema.Struct({ id: Schema.Int, checksum: Schema.String })

// Texts between separators are taken apart several times as fast as a document in JSON, which would have
// to escape their line breaks. No text can hold this one, which is made anew for each run.
const separator = crypto.randomUUID()

const storeTexts = (playerId: number, storedAt: string, reports: readonly NewReport[]) =>
  queryRows(
    Stored,
    (sql) => sql`
      insert into gamedata.battle_report (player_id, checksum, raw_text, parsed_at)
      select ${playerId}::bigint, checksum, text, ${storedAt}::text::timestamptz
      from rows from (
        string_to_table(${reports.map(({ checksum }) => checksum).join(separator)}::text, ${separator}::text),
        string_to_table(${reports.map(({ text }) => text).join(separator)}::text, ${separator}::text)
      ) with ordinality as given (checksum, text, position)
      order by position
      on conflict (player_id, checksum) do nothing
      returning id, checksum`,
  )

interface WeaponRow extends UsedWeapon {
  readonly player_id: number
  readonly battle_report_id: number
}

const storeWeapons = (weapons: readonly WeaponRow[]) =>
  requireTouched(
    "gamedata.run_ultimate_weapon",
    weapons.length,
    execute(
      (sql) => sql`
        insert into gamedata.run_ultimate_weapon (
          player_id, battle_report_id, slug, role, definition_id
        )
        select player_id, battle_report_id, slug, role, definition.id
        from jsonb_to_recordset(${JSON.stringify(weapons)}::text::jsonb)
          as used (player_id bigint, battle_report_id bigint, slug text, role text)
        join definitions.definition using (slug)
        where kind = 'ultimate_weapon'`,
    ),
  )

const Run = Schema.Struct({ id: Schema.Int })

// The player's stored runs that the preset or the flag of an import changes. Both are set by hand: an
// import that names neither changes none. For a write they are held as they are, until they are filed.
// Each is looked up by itself: what the server joins by the player alone takes as long as the player has
// reports, times the batch, and it does so until it has counted the rows that are new.
const runsToFile = (mode: Mode, settings: ImportSettings, checksums: readonly string[]) => {
  const { preset, isTournament, playerId } = settings
  if (preset === null && !isTournament) return Effect.succeed([])
  return queryRows(
    Run,
    (sql) => sql`
      select progress.id
      from ${jsonList(sql, checksums)} as given (checksum)
      join lateral (
        select id from gamedata.battle_report
        where player_id = ${playerId} and battle_report.checksum = given.checksum
        offset 0
      ) as report on true
      join lateral (
        select battle_report_id as id from gamedata.battle_report_progress
        where player_id = ${playerId} and battle_report_id = report.id
          and (${preset !== null}::boolean and preset_id is distinct from ${preset?.id ?? null}::bigint
            or ${isTournament}::boolean and not is_tournament)
        offset 0 ${mode === "write" ? sql`for no key update` : sql``}
      ) as progress on true`,
  )
}

/**
 * Files stored runs under the preset of an import and marks them as a tournament's, or counts them
 * for a check. Returns how many change.
 */
export const fileRuns = Effect.fnUntraced(function* (
  mode: Mode,
  settings: ImportSettings,
  checksums: readonly string[],
) {
  const ids = (yield* runsToFile(mode, settings, checksums)).map(({ id }) => id)
  const { preset, isTournament } = settings
  if (mode === "write" && ids.length > 0)
    yield* requireTouched(
      "gamedata.battle_report_progress",
      ids.length,
      execute(
        (sql) => sql`
          update gamedata.battle_report_progress set
            preset_id = coalesce(${preset?.id ?? null}::bigint, preset_id),
            preset_name = coalesce(${preset?.name ?? null}::text, preset_name),
            preset_colour = coalesce(${preset?.colour ?? null}::text, preset_colour),
            is_tournament = is_tournament or ${isTournament}
          where player_id = ${settings.playerId}
            and battle_report_id = any (array ${jsonList(sql, ids, "bigint")})`,
      ),
    )
  return ids.length
})

// The site may store a report between two statements; the next try counts it as a duplicate.
const storedMeanwhile = Effect.gen(function* () {
  const { server } = yield* Database
  const detail = "it stored some of the same reports"
  return yield* new TransactionConflict({ server, detail })
})

/** Stores new reports, with all that is derived from them. */
export const storeReports = Effect.fnUntraced(function* (
  settings: ImportSettings,
  storedAt: string,
  reports: readonly NewReport[],
) {
  if (reports.length === 0) return
  const { playerId } = settings
  const stored = yield* storeTexts(playerId, storedAt, reports)
  if (stored.length < reports.length) return yield* storedMeanwhile
  const byChecksum = new Map(reports.map((report) => [report.checksum, report]))
  const imported = stored.flatMap(({ id, checksum }) => {
    const report = byChecksum.get(checksum)
    return report === undefined ? [] : [{ ...report, id }]
  })
  yield* storeReadings(
    imported.map(({ id, rows, bots }) =>
      planReading(settings.readerVersion, { reportId: id, playerId }, rows, bots, neverRead),
    ),
  )
  yield* storeWeapons(
    imported.flatMap(({ id, weapons }) =>
      weapons.map((weapon) => ({ player_id: playerId, battle_report_id: id, ...weapon })),
    ),
  )
  yield* fileRuns(
    "write",
    settings,
    imported.map(({ checksum }) => checksum),
  )
})
