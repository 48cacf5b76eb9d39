import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { InPart } from "../database/batches.ts"
import { execute } from "../database/query.ts"
import type { Mode } from "../database/transaction.ts"
import { note } from "../terminal/notice.ts"
import type { Facts, Outcome } from "../terminal/report.ts"
import { adoptDefinitions } from "./adopt-definitions.ts"
import { keepOtherTables } from "./adopt-others.ts"
import { adoptPlayers } from "./adopt-players.ts"
import { adoptReports } from "./adopt-reports.ts"
import { Adopter } from "./adopter.ts"
import { nextSteps } from "./next-steps.ts"
import { lacking } from "./source/django-tables.ts"
import type { Source } from "./source/source.ts"
import { type AdoptionTally, fates } from "./tally.ts"
import { advanceIdentities } from "./target/numbers.ts"
import { targetState } from "./target/target-state.ts"
import { type Finding, verifyAdoption } from "./verify.ts"

/** What was adopted is not what the source says. */
export class VerificationFailed extends Schema.TaggedError<VerificationFailed>()(
  "VerificationFailed",
  { source: Schema.String, failures: Schema.Array(Schema.String), isKept: Schema.Boolean },
) {
  override get message(): string {
    return `What was adopted is not what ${this.source} says, and ${this.isKept ? "what was stored is still here" : "nothing was kept"}:\n  ${this.failures.join("\n  ")}\nNothing in the source has changed. This is a bug to report.`
  }
}

const sayWhatIsLacking = (source: Source) => {
  const lacked = lacking(source)
  return lacked.length === 0
    ? Effect.void
    : note(`The source is of an older version; it is adopted without ${lacked.join(", ")}.`)
}

interface AdoptOptions {
  readonly isVerified: boolean
  readonly inPart: InPart
}

// All of it is one part of the transaction under way.
const undivided: InPart = (part) => part

/** Everything but reports. */
const adoptFirst = Effect.fnUntraced(function* (
  mode: Mode,
  source: Source,
  { isVerified, inPart }: AdoptOptions,
) {
  const state = yield* targetState(source)
  if (mode === "write") yield* advanceIdentities(state.nextId)
  if (inPart !== undivided) yield* recordBegun(source.name)
  const adopter = new Adopter(mode, source, state, isVerified)
  const definitions = yield* adoptDefinitions(adopter)
  const players = yield* adoptPlayers(adopter, definitions)
  return { adopter, definitions, players }
})

/** Puts everything in its place, or finds out what that would do. */
const adoptAll = Effect.fnUntraced(function* (mode: Mode, source: Source, options: AdoptOptions) {
  yield* sayWhatIsLacking(source)
  const { adopter, definitions, players } = yield* options.inPart(adoptFirst(mode, source, options))
  yield* adoptReports(adopter, definitions, players, options.inPart)
  yield* options.inPart(keepOtherTables(adopter))
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

/** Notes that what comes into this database is an adoption's, should that be stopped. */
const recordBegun = (source: string) =>
  execute(
    (sql) => sql`
      insert into towerstats.adoption (source)
      select ${source} where not exists (select from towerstats.adoption)`,
  )

const recordFinished = Effect.fnUntraced(function* (source: string, total: Facts, changes: number) {
  const counts = JSON.stringify(total)
  const begun = yield* execute(
    (sql) => sql`
      update towerstats.adoption
      set finished_at = clock_timestamp(), counts = ${counts}::text::jsonb
      where finished_at is null`,
  )
  if (begun === 0 && changes > 0)
    yield* execute(
      (sql) => sql`
        insert into towerstats.adoption (source, finished_at, counts)
        values (${source}, clock_timestamp(), ${counts}::text::jsonb)`,
    )
})

/** Verifies a write, and says what comes next. */
const conclude = Effect.fnUntraced(function* (
  adopter: Adopter,
  { units, total, changes }: Outcome,
  isKept: boolean,
) {
  const source = adopter.source.name
  const findings = yield* verifyAdoption(adopter)
  const failures = findings.filter(({ holds }) => !holds).map(({ says }) => says)
  if (failures.length > 0) return yield* new VerificationFailed({ source, failures, isKept })
  yield* recordFinished(source, total, changes)
  return {
    units: [...units, ...findings.map(findingFacts), ...(yield* nextSteps)],
    total,
    changes,
  } satisfies Outcome
})

/**
 * Takes over what a Django TowerStats has, or says for a check what that would do. What is here already
 * stays; of what both sides have, the greater level is kept, and what else differs is reported. A write
 * is verified before it is kept; one in parts keeps what each of them has stored, and a run after one
 * that was stopped brings the rest.
 */
export const adopt = Effect.fnUntraced(function* (
  mode: Mode,
  source: Source,
  inPart: InPart = undivided,
) {
  const adopter = yield* adoptAll(mode, source, { isVerified: mode === "write", inPart })
  const { tally } = adopter
  const adopted: Outcome = {
    units: [...tally.units, ...differencesOf(tally)],
    total: Object.fromEntries(fates.map((fate) => [fate, tally.total(fate)])),
    changes: tally.total("copied") + tally.total("raised"),
  }
  return mode === "check"
    ? adopted
    : yield* inPart(conclude(adopter, adopted, inPart !== undivided))
})

/** More reports than these are adopted in parts, so that a run that is stopped has not been in vain. */
export const mostReportsAtOnce = 300_000

/** Whether a source has more reports than one transaction should bring. */
export const hasMany = (source: Source) =>
  Effect.map(source.count("gamedata_battlereport"), (reports) => reports > mostReportsAtOnce)

/** Compares what was adopted with the source as it is now: what is missing here, or less, is named. */
export const verify = Effect.fnUntraced(function* (source: Source) {
  const adopter = yield* adoptAll("check", source, { isVerified: true, inPart: undivided })
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
