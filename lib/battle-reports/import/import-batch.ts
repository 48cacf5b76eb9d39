import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { jsonList, queryRows } from "../../database/query.ts"
import type { Mode } from "../../database/transaction.ts"
import { recordUnknownMagnitudes } from "../not-understood.ts"
import type { ListedWeapon } from "../reader/reading.ts"
import type { SlugsOf } from "../slugs-by-name.ts"
import { type Candidate, type ReadBatch, readBatch } from "./candidates.ts"
import { type ImportRequest, resolveSettings } from "./settings.ts"
import { fileRuns, type NewReport, storeReports, type UsedWeapon } from "./store-reports.ts"

/** What has become of a batch, or would. */
export interface ImportedBatch {
  readonly timeZone: string
  readonly playersCreated: number
  readonly presetsCreated: number
  readonly added: readonly NewReport[]
  /** Reports that the player has already, or that the import has had before. */
  readonly duplicates: readonly Candidate[]
  /** How many of the player's runs change their preset or their flag, by file. */
  readonly filed: ReadonlyMap<string, number>
  readonly suffixesNoted: number
}

const knownChecksums = (playerId: number, candidates: readonly Candidate[]) => {
  const checksums = candidates.map(({ checksum }) => checksum)
  return queryRows(
    Schema.Struct({ checksum: Schema.String }),
    (sql) => sql`
      select report.checksum
      from ${jsonList(sql, checksums)} as given (checksum)
      join lateral (
        select checksum from gamedata.battle_report as stored
        where player_id = ${playerId} and stored.checksum = given.checksum
        offset 0
      ) as report on true`,
  )
}

// Listed with a role and again without one, a weapon was used in that role.
const usedWeapons = (
  listed: readonly ListedWeapon[],
  weaponSlugs: SlugsOf,
): readonly UsedWeapon[] => {
  const roles = new Map<string, Set<string>>()
  for (const { name, role } of listed)
    for (const slug of weaponSlugs([name])) {
      const ofSlug = roles.get(slug) ?? new Set()
      roles.set(slug, role === null ? ofSlug : ofSlug.add(role))
    }
  return [...roles].flatMap(([slug, ofSlug]) =>
    (ofSlug.size === 0 ? ["unknown"] : [...ofSlug]).map((role) => ({ slug, role })),
  )
}

/**
 * Imports the reports of a batch that the player does not have yet, or says for a check what that
 * would do. Another command may have been at work since the batch before: player, preset and
 * definitions are looked up once more, and what depends on a time zone that was changed is read again.
 *
 * @param seen the checksums of the batches before it, where those are not stored; its own are added
 */
export const importBatch = Effect.fnUntraced(function* (
  mode: Mode,
  request: ImportRequest,
  storedAt: string,
  batch: ReadBatch,
  seen: Set<string>,
) {
  const settings = yield* resolveSettings(mode, request)
  const { timeZone, playerId, botSlugs, weaponSlugs } = settings
  const { candidates } =
    timeZone === batch.timeZone
      ? batch
      : yield* readBatch(batch.submissions, { timeZone, storedAt })
  const stored = yield* knownChecksums(playerId, candidates)
  const known = new Set(stored.map(({ checksum }) => checksum))
  const added: NewReport[] = []
  const duplicates: Candidate[] = []
  const toFile: Candidate[] = []
  for (const candidate of candidates) {
    const { checksum, botNames, listedWeapons } = candidate
    if (known.has(checksum) && !seen.has(checksum)) toFile.push(candidate)
    if (known.has(checksum) || seen.has(checksum)) duplicates.push(candidate)
    else
      added.push({
        ...candidate,
        bots: botSlugs(botNames),
        weapons: usedWeapons(listedWeapons, weaponSlugs),
      })
    seen.add(checksum)
  }
  const filed = new Map<string, number>()
  for (const [file, own] of Map.groupBy(toFile, (candidate) => candidate.file)) {
    const checksums = own.map(({ checksum }) => checksum)
    filed.set(file, yield* fileRuns(mode, settings, checksums))
  }
  if (mode === "write") yield* storeReports(settings, storedAt, added)
  const suffixes = added.flatMap(({ unknownSuffixes }) => unknownSuffixes)
  return {
    timeZone,
    playersCreated: settings.playersCreated,
    presetsCreated: settings.presetsCreated,
    added,
    duplicates,
    filed,
    suffixesNoted: mode === "write" ? yield* recordUnknownMagnitudes(mode, suffixes) : 0,
  } satisfies ImportedBatch
})
