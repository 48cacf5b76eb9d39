import * as Effect from "effect/Effect"
import { withWriterLock } from "../database/advisory-lock.ts"
import { applyMigration, pendingMigrations } from "../database/migrations.ts"
import type { Outcome } from "../terminal/report.ts"
import type { Intent } from "./flags.ts"

/**
 * Applies the pending migrations in order, or lists them for a check. An interrupted run keeps
 * the migrations that were complete; the next run goes on from there.
 */
export const migrate = Effect.fnUntraced(function* (intent: Intent, folder?: string) {
  const apply = Effect.tap(pendingMigrations(folder), Effect.forEach(applyMigration))
  const migrations = yield* intent.mode === "write"
    ? withWriterLock(intent.lockTimeout)(apply)
    : pendingMigrations(folder)
  return {
    units: migrations.map(({ version, name, sha256 }) => ({ version, name, sha256 })),
    total: { [intent.mode === "write" ? "applied" : "pending"]: migrations.length },
    changes: migrations.length,
  } satisfies Outcome
})
