import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { requireTouched } from "../database/plan-diverged.ts"
import { execute, queryRows, sqlFile } from "../database/query.ts"
import type { Candidate } from "./import-candidates.ts"
import type { ImportSettings } from "./import-settings.ts"
import { derivedRows } from "./reader/derived-rows.ts"
import { usedBots } from "./reader/used-bots.ts"
import { neverRead, planReading } from "./reading-plan.ts"
import type { SlugsOf } from "./slugs-by-name.ts"
import { storeReadings } from "./store-readings.ts"

const Stored = Schema.Struct({ id: Schema.Int, checksum: Schema.String, storedAt: Schema.String })

const storeWeapons = (rows: ReadonlyArray<readonly unknown[]>) =>
  rows.length === 0
    ? Effect.void
    : requireTouched(
        "gamedata.run_ultimate_weapon",
        rows.length,
        execute(sqlFile("store-run-weapons.sql", JSON.stringify(rows))),
      )

const setByHand = (settings: ImportSettings, ids: ReadonlyArray<number>) => {
  const { preset, isTournament, playerId } = settings
  return preset === null && !isTournament
    ? Effect.void
    : execute(
        (sql) => sql`
          update gamedata.battle_report_progress set
            preset_id = ${preset?.id ?? null}, preset_name = ${preset?.name ?? null},
            preset_colour = ${preset?.colour ?? null},
            is_tournament = is_tournament or ${isTournament}
          where player_id = ${playerId} and battle_report_id in (
            select value::bigint from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`,
      )
}

/** The slugs of the weapons a report lists, each with the role it lists them under. */
export const listedWeapons = (
  { report }: Candidate,
  weaponSlugs: SlugsOf,
): ReadonlyArray<{ readonly slug: string; readonly role: string | null }> => {
  const roles = new Map<string, string | null>()
  for (const { name, role } of report.ultimateWeapons)
    for (const slug of weaponSlugs([name])) roles.set(slug, roles.get(slug) ?? role)
  return [...roles].map(([slug, role]) => ({ slug, role }))
}

/** Stores reports that the player does not have yet, with all that is derived from them. */
export const storeCandidates = Effect.fnUntraced(function* (
  settings: ImportSettings,
  candidates: ReadonlyArray<Candidate>,
) {
  const { playerId } = settings
  const entries = candidates.map(({ checksum, text }) => [checksum, text])
  const stored = yield* queryRows(
    Stored,
    sqlFile("store-battle-reports.sql", playerId, JSON.stringify(entries)),
  )
  const byChecksum = new Map(candidates.map((candidate) => [candidate.checksum, candidate]))
  const imported = stored.flatMap(({ id, checksum, storedAt }) => {
    const candidate = byChecksum.get(checksum)
    return candidate === undefined ? [] : [{ id, storedAt, candidate }]
  })
  yield* storeReadings(
    imported.map(({ id, storedAt, candidate: { report } }) =>
      planReading(
        settings.readerVersion,
        { reportId: id, playerId },
        derivedRows(report, storedAt),
        settings.botSlugs(usedBots(report)),
        neverRead,
      ),
    ),
  )
  yield* storeWeapons(
    imported.flatMap(({ id, candidate }) =>
      listedWeapons(candidate, settings.weaponSlugs).map(({ slug, role }) => [
        id,
        playerId,
        slug,
        role,
      ]),
    ),
  )
  yield* setByHand(
    settings,
    imported.map(({ id }) => id),
  )
})
