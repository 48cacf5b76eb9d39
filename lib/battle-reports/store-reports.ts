import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { execute, queryRows, requireTouched, sqlFile } from "../database/query.ts"
import type { Candidate } from "./import-candidates.ts"
import type { ImportSettings } from "./import-settings.ts"
import { derivedRows } from "./reader/derived-rows.ts"
import { usedBots } from "./reader/used-bots.ts"
import { neverRead, planReading } from "./reading-plan.ts"
import type { SlugsOf } from "./slugs-by-name.ts"
import { storeReadings } from "./store-readings.ts"

/** A report to be stored, with the slugs of the bots and weapons used in its run. */
export interface NewReport extends Candidate {
  readonly bots: readonly string[]
  /** Each with the role that the report lists it under. */
  readonly weapons: ReadonlyArray<{ readonly slug: string; readonly role: string | null }>
}

const Stored = Schema.Struct({ id: Schema.Int, checksum: Schema.String, storedAt: Schema.String })

const storeWeapons = (rows: ReadonlyArray<readonly unknown[]>) =>
  rows.length === 0
    ? Effect.void
    : requireTouched(
        "gamedata.run_ultimate_weapon",
        rows.length,
        execute(sqlFile("store-run-weapons.sql", JSON.stringify(rows))),
      )

const setByHand = (settings: ImportSettings, ids: readonly number[]) => {
  const { preset, isTournament, playerId } = settings
  return preset === null && !isTournament
    ? Effect.void
    : requireTouched(
        "gamedata.battle_report_progress",
        ids.length,
        execute(
          (sql) => sql`
            update gamedata.battle_report_progress set
              preset_id = ${preset?.id ?? null}, preset_name = ${preset?.name ?? null},
              preset_colour = ${preset?.colour ?? null},
              is_tournament = is_tournament or ${isTournament}
            where player_id = ${playerId} and battle_report_id in (
              select value::bigint from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`,
        ),
      )
}

const listedWeapons = ({ report }: Candidate, weaponSlugs: SlugsOf): NewReport["weapons"] => {
  const roles = new Map<string, string | null>()
  for (const { name, role } of report.ultimateWeapons)
    for (const slug of weaponSlugs([name])) roles.set(slug, roles.get(slug) ?? role)
  return [...roles].map(([slug, role]) => ({ slug, role }))
}

/** A candidate that the player does not have yet, with what was used in its run. */
export const newReport = (settings: ImportSettings, candidate: Candidate): NewReport => ({
  ...candidate,
  bots: settings.botSlugs(usedBots(candidate.report)),
  weapons: listedWeapons(candidate, settings.weaponSlugs),
})

/** Stores new reports, with all that is derived from them. */
export const storeReports = Effect.fnUntraced(function* (
  settings: ImportSettings,
  reports: readonly NewReport[],
) {
  const { playerId } = settings
  const entries = reports.map(({ checksum, text }) => [checksum, text])
  const stored = yield* queryRows(
    Stored,
    sqlFile("store-battle-reports.sql", playerId, JSON.stringify(entries)),
  )
  const byChecksum = new Map(reports.map((report) => [report.checksum, report]))
  const imported = stored.flatMap(({ id, checksum, storedAt }) => {
    const report = byChecksum.get(checksum)
    return report === undefined ? [] : [{ ...report, id, storedAt }]
  })
  yield* storeReadings(
    imported.map(({ id, storedAt, report, bots }) =>
      planReading(
        settings.readerVersion,
        { reportId: id, playerId },
        derivedRows(report, storedAt),
        bots,
        neverRead,
      ),
    ),
  )
  yield* storeWeapons(
    imported.flatMap(({ id, weapons }) =>
      weapons.map(({ slug, role }) => [id, playerId, slug, role]),
    ),
  )
  yield* setByHand(
    settings,
    imported.map(({ id }) => id),
  )
})
