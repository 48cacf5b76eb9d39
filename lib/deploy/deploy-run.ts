import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import * as Schema from "effect/Schema"
import { execute, queryValue } from "../database/query.ts"
import { transaction } from "../database/transaction.ts"

/** What became of one step: a row of the deploy's table, printed and stored. */
export const StepOutcome = Schema.Struct({
  step: Schema.String,
  outcome: Schema.Literals(["running", "completed", "failed", "skipped", "not run", "stopped"]),
  /** How long it took; null when it did not run or has not ended. */
  seconds: Schema.NullOr(Schema.Finite),
  /** Why it did not complete; null when it did. */
  reason: Schema.NullOr(Schema.String),
})
export type StepOutcome = typeof StepOutcome.Type

const encodeOutcomes = Schema.encodeSync(Schema.fromJsonString(Schema.Array(StepOutcome)))

const databaseTime = queryValue(Schema.String, (sql) => sql`select now()::text as value`).pipe(
  transaction("check"),
)

const tableExists = queryValue(
  Schema.Boolean,
  (sql) => sql`select to_regclass('towerstats.deploy_run') is not null as value`,
)

const insert = (startedAt: string, steps: string, isFinished: boolean) =>
  queryValue(
    Schema.Int,
    (sql) => sql`
      insert into towerstats.deploy_run (started_at, steps, finished_at)
      values (${startedAt}::text::timestamptz, ${steps}::text::jsonb,
        case when ${isFinished}::boolean then now() end)
      returning id as value`,
  )

const update = (id: number, steps: string, isFinished: boolean) =>
  execute(
    (sql) => sql`
      update towerstats.deploy_run
      set steps = ${steps}::text::jsonb,
        finished_at = case when ${isFinished}::boolean then now() end
      where id = ${id}`,
  )

/**
 * Begins a deploy with its steps as `planned`, and records its progress in `towerstats.deploy_run`:
 * a run that was never finished was killed. Before the first migration there is no such table, and
 * the run is stored as soon as there is.
 */
export const beginDeployRun = Effect.fnUntraced(function* (planned: readonly StepOutcome[]) {
  const startedAt = yield* databaseTime
  const current = yield* Ref.make(planned)
  const storedId = yield* Ref.make(Option.none<number>())

  const save = Effect.fnUntraced(function* (isFinished: boolean) {
    const steps = encodeOutcomes(yield* Ref.get(current))
    const id = yield* Ref.get(storedId)
    if (Option.isSome(id)) yield* update(id.value, steps, isFinished)
    else if (yield* tableExists) return Option.some(yield* insert(startedAt, steps, isFinished))
    return id
  }, transaction("write"))
  const store = (isFinished: boolean) =>
    Effect.flatMap(save(isFinished), (id) => Ref.set(storedId, id))
  const change = (replacement: (outcome: StepOutcome) => StepOutcome) =>
    Ref.update(current, (outcomes) => outcomes.map(replacement))

  return {
    outcomes: Ref.get(current),
    /** Records what became of a step. */
    record: (changed: StepOutcome) =>
      Effect.andThen(
        change((outcome) => (outcome.step === changed.step ? changed : outcome)),
        store(false),
      ),
    /** Records that the run has ended. */
    finish: store(true),
    /** Records that the run was stopped from outside, in the middle of a step. */
    stop: Effect.andThen(
      change((outcome) =>
        outcome.outcome === "running"
          ? { ...outcome, outcome: "stopped", reason: "the deploy was stopped" }
          : outcome,
      ),
      store(true),
    ),
  }
})
