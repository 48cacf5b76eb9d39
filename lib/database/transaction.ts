import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schedule from "effect/Schedule"
import type { Row } from "postgres"
import { Database } from "./database.ts"

/** `check` looks and reports; `write` does the same and then applies it. */
export type Mode = "check" | "write"

// A snapshot for the whole transaction: what was planned is what is applied. A write does not insist
// on "read write": a server whose administrator made it read-only stays so. The setting tells the
// database's triggers that the suite is at work: it may not delete what belongs to players.
const beginning = (mode: Mode): string =>
  `begin isolation level repeatable read${mode === "check" ? " read only" : ""};
   set local towerstats.maintenance = 'on'`

const rollbackLimit = "5 seconds"

// A commit is part of the work, so that it can be interrupted as well: a server may take for ever.
const once = <A, E, R>(mode: Mode, work: Effect.Effect<A, E, R>) =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const { run, lost } = yield* Database
      yield* run((sql) => sql.unsafe<Row[]>(beginning(mode)))
      const whole = Effect.tap(work, () => run((sql) => sql`commit`))
      const exit = yield* Effect.exit(restore(Effect.raceFirst(whole, lost)))
      if (Exit.isFailure(exit))
        yield* run((sql) => sql`rollback`).pipe(Effect.timeout(rollbackLimit), Effect.ignore)
      return yield* exit
    }),
  )

const again = Schedule.exponential(Duration.millis(50)).pipe(
  Schedule.jittered,
  Schedule.upTo({ times: 4 }),
)

/**
 * Runs `work` in one transaction: committed when it succeeds, rolled back when it fails or is
 * interrupted. A check is READ ONLY, so that the server itself refuses a write. A conflict with
 * another session is tried again from the start, up to five times in all.
 */
export const transaction =
  (mode: Mode) =>
  <A, E, R>(work: Effect.Effect<A, E, R>) =>
    once(mode, work).pipe(
      Effect.retry({
        schedule: again,
        while: (error) =>
          typeof error === "object" &&
          error !== null &&
          "_tag" in error &&
          error._tag === "TransactionConflict",
      }),
    )
