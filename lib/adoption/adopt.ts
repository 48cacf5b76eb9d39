import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { execute } from "../database/query.ts"
import type { Mode } from "../database/transaction.ts"
import { note } from "../terminal/notice.ts"
import type { Facts, Outcome } from "../terminal/report.ts"
import { adoptDefinitions } from "./adopt-definitions.ts"
import { keepOtherTables } from "./adopt-others.ts"
import { adoptPlayers } from "./adopt-players.ts"
import { adoptReports } from "./adopt-reports.ts"
import { Adopter } from "./adopter.ts"
import { lacking } from "./source/django-tables.ts"
import type { Source } from "./source/source.ts"
import { type AdoptionTally, fates } from "./tally.ts"
import { advanceIdentities } from "./target/place.ts"
import { targetState } from "./target/target-state.ts"
import { type Finding, verifyAdoption } from "./verify.ts"

/** What was adopted is not what the source says; everything was rolled back. */
export class VerificationFailed extends Schema.TaggedError<VerificationFailed>()(
  "VerificationFailed",
  { source: Schema.String, failures: Schema.Array(Schema.String) },
) {
  override get message(): string {
    return `What was adopted is not what ${this.source} says, and nothing was kept:\n  ${this.failures.join("\n  ")}\nNothing in the source has changed. This is a bug to report.`
  }
}

const sayWhatIsLacking = (source: Source) => {
  const lacked = lacking(source)
  return lacked.length === 0
    ? Effect.void
    : note(`The source is of an older version; it is adopted without ${lacked.join(", ")}.`)
}

/** Puts everything in its place, or finds out what that would do. */
const adoptAll = Effect.fnUntraced(function* (mode: Mode, source: Source, isVerified: boolean) {
  yield* sayWhatIsLacking(source)
  const adopter = new Adopter(mode, source, yield* targetState(source), isVerified)
  const definitions = yield* adoptDefinitions(adopter)
  const players = yield* adoptPlayers(adopter, definitions)
  yield* adoptReports(adopter, definitions, players)
  yield* keepOtherTables(adopter)
  return adopter
})

/** How many values that differ are listed. */
const listedDifferences = 100

const differencesOf = ({ differences }: AdoptionTally): readonly Facts[] =>
  differences.slice(0, listedDifferences).map(({ table, id, column, here, there }) => ({
    differs: table,
    ...{ id, column, here, there },
  }))

const findingFacts = ({ verified, source, here, asideOrMerged, holds }: Finding): Facts => ({
  verified,
  source,
  here,
  aside_or_merged: asideOrMerged,
  holds,
})

const record = (source: string, total: Facts) =>
  execute(
    (sql) => sql`
      insert into towerstats.adoption (source, finished_at, counts)
      values (${source}, clock_timestamp(), ${JSON.stringify(total)}::text::jsonb)`,
  )

/**
 * Takes over what a Django TowerStats has, or says for a check what that would do. What is here already
 * stays; of what both sides have, the greater level is kept, and what else differs is reported. A write
 * is verified before it is kept.
 */
export const adopt = Effect.fnUntraced(function* (mode: Mode, source: Source) {
  const adopter = yield* adoptAll(mode, source, mode === "write")
  const { tally } = adopter
  const total = Object.fromEntries(fates.map((fate) => [fate, tally.total(fate)]))
  const changes = tally.total("copied") + tally.total("raised")
  const units = [...tally.units, ...differencesOf(tally)]
  if (mode === "check") return { units, total, changes } satisfies Outcome
  const findings = yield* verifyAdoption(adopter)
  const failures = findings.filter(({ holds }) => !holds).map(({ says }) => says)
  if (failures.length > 0) return yield* new VerificationFailed({ source: source.name, failures })
  if (changes > 0) {
    yield* advanceIdentities
    yield* record(source.name, total)
  }
  return { units: [...units, ...findings.map(findingFacts)], total, changes } satisfies Outcome
})

/** Compares what was adopted with the source as it is now: what is missing here, or less, is named. */
export const verify = Effect.fnUntraced(function* (source: Source) {
  const adopter = yield* adoptAll("check", source, true)
  const { tally } = adopter
  const findings = yield* verifyAdoption(adopter)
  const missing = tally.units.flatMap(({ table, copied, raised }) => [
    ...(Number(copied) > 0 ? [`${table}: ${copied} row(s) are not here`] : []),
    ...(Number(raised) > 0 ? [`${table}: ${raised} row(s) have gone on in the source`] : []),
  ])
  return {
    units: [...tally.units, ...differencesOf(tally), ...findings.map(findingFacts)],
    total: Object.fromEntries(fates.map((fate) => [fate, tally.total(fate)])),
    changes: 0,
    problems: [...missing, ...findings.filter(({ holds }) => !holds).map(({ says }) => says)],
  } satisfies Outcome
})
