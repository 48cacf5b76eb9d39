import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { onNewConnection } from "../database/database.ts"
import { execute, queryFirst, queryValue } from "../database/query.ts"
import { readCommitted } from "../database/transaction.ts"
import { noticeWarning } from "../terminal/notice.ts"

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

const databaseTime = queryValue(Schema.String, (sql) => sql`select now()::text as value`)

const tableExists = queryValue(
  Schema.Boolean,
  (sql) => sql`select to_regclass('towerstats.deploy_run') is not null as value`,
)

const UnfinishedRun = Schema.Struct({
  startedAt: Schema.String,
  finished: Schema.Boolean,
  steps: Schema.Array(StepOutcome),
})

const lastRun = queryFirst(
  UnfinishedRun,
  (sql) => sql`
    select to_char(started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as "startedAt",
      finished_at is not null as finished, steps
    from towerstats.deploy_run order by id desc limit 1`,
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

// No other can be under way, since the deploy that begins one holds the lock.
const tellOfUnfinished = Effect.gen(function* () {
  if (!(yield* tableExists)) return
  const last = yield* lastRun
  if (last === null || last.finished) return
  const running = last.steps.find(({ outcome }) => outcome === "running")
  yield* noticeWarning(
    `The last deploy, begun ${last.startedAt} UTC, ended without a word${running === undefined ? "" : ` in its step ${running.step}`}: it was killed, or lost its database. What it had completed stays; this one starts from the beginning.`,
  )
})

// Steps take minutes, in which an idle connection may be lost; and a record must not be lost with one.
const briefly = <A, E, R>(work: Effect.Effect<A, E, R>) => work.pipe(readCommitted, onNewConnection)

// What passes when the server is there again.
const outages: ReadonlySet<string> = new Set([
  "ConnectionLost",
  "DatabaseUnreachable",
  "DatabaseUnavailable",
])

/**
 * Begins a deploy with its steps as `planned`, and records its progress in `towerstats.deploy_run`:
 * a run that was never finished was killed. Before the first migration there is no such table, and
 * the run is stored as soon as there is.
 */
export const beginDeployRun = Effect.fnUntraced(function* (planned: readonly StepOutcome[]) {
  const startedAt = yield* briefly(Effect.andThen(tellOfUnfinished, databaseTime))
  const current = yield* Ref.make(planned)
  const storedId = yield* Ref.make(Option.none<number>())

  const save = Effect.fnUntraced(function* (isFinished: boolean) {
    const steps = encodeOutcomes(yield* Ref.get(current))
    const id = yield* Ref.get(storedId)
    if (Option.isSome(id)) yield* update(id.value, steps, isFinished)
    else if (yield* tableExists) return Option.some(yield* insert(startedAt, steps, isFinished))
    return id
  })
  const store = (isFinished: boolean) =>
    Effect.flatMap(briefly(save(isFinished)), (id) => Ref.set(storedId, id))
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
    /** Records that the run has ended in the middle of a step, and why. */
    stop: (reason: string) =>
      Effect.andThen(
        change((outcome) =>
          outcome.outcome === "running" ? { ...outcome, outcome: "stopped", reason } : outcome,
        ),
        // The server that this ended with may be back in a moment; else the next deploy tells of it.
        Effect.retry(store(true), {
          schedule: Schedule.upTo(Schedule.spaced("500 millis"), { duration: "2 seconds" }),
          while: ({ _tag }) => outages.has(_tag),
        }),
      ),
  }
})
