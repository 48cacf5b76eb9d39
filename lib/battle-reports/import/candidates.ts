import * as Result from "effect/Result"
import { reportChecksum } from "../checksum.ts"
import type { TalliedReading } from "../not-understood.ts"
import { type DerivedRows, derivedRows } from "../reader/derived-rows.ts"
import { readReport } from "../reader/read-report.ts"
import type { ListedWeapon } from "../reader/reading.ts"
import { usedBots } from "../reader/used-bots.ts"
import type { SlugsOf } from "../slugs-by-name.ts"
import type { ImportSettings } from "./settings.ts"
import type { Submission } from "./submissions.ts"

/**
 * A readable report of a file, ready to be imported. Its metrics are kept as the texts to be stored:
 * as objects, those of a few batches would fill the memory.
 */
export interface Candidate extends TalliedReading {
  readonly file: string
  readonly checksum: string
  /** The text exactly as received. */
  readonly text: string
  readonly rows: DerivedRows
  /** The slugs of the bots used in the run. */
  readonly bots: readonly string[]
  /** The ultimate weapons used in the run, each with the roles that the report lists it under. */
  readonly weapons: readonly UsedWeapon[]
}

/** An ultimate weapon used in a run. */
export interface UsedWeapon {
  readonly slug: string
  readonly role: string
}

/** The result of reading submissions. */
export interface Candidates {
  readonly candidates: readonly Candidate[]
  readonly problems: readonly string[]
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

/** Reads submissions, in order. */
export const readSubmissions = (
  submissions: readonly Submission[],
  { timeZone, storedAt, botSlugs, weaponSlugs }: ImportSettings,
): Candidates => {
  const problems: string[] = []
  const candidates: Candidate[] = []
  for (const submission of submissions) {
    if ("problem" in submission) {
      problems.push(submission.problem)
      continue
    }
    const { file, line, text } = submission
    const reading = readReport(text, { timeZone })
    if (Result.isFailure(reading))
      problems.push(`${file}, line ${line}: ${reading.failure.message}`)
    else {
      const { notUnderstood, numericLines, unknownSuffixes, ultimateWeapons } = reading.success
      candidates.push({
        file,
        checksum: reportChecksum(text),
        text,
        notUnderstood,
        numericLines,
        unknownSuffixes,
        rows: derivedRows(reading.success, storedAt),
        bots: botSlugs(usedBots(reading.success)),
        weapons: usedWeapons(ultimateWeapons, weaponSlugs),
      })
    }
  }
  return { candidates, problems }
}
