import * as Effect from "effect/Effect"
import { applyMigrations } from "../database/apply-migrations.ts"
import { pendingMigrations } from "../database/migrations.ts"
import { transaction } from "../database/transaction.ts"
import type { Outcome } from "../terminal/report.ts"
import type { Intent } from "./flags.ts"

/**
 * Applies the pending migrations in order, or lists them for a check. An interrupted run keeps
 * the migrations that were complete; the next run goes on from there.
 */
export const migrate = Effect.fnUntraced(function* (intent: Intent, folder?: string) {
  const migrations = yield* intent.mode === "write"
    ? applyMigrations(intent.lockTimeout, folder)
    : transaction("check")(pendingMigrations(folder))
  return {
    units: migrations.map(({ version, name, sha256 }) => ({ version, name, sha256 })),
    total: { [intent.mode === "write" ? "applied" : "pending"]: migrations.length },
    changes: migrations.length,
  } satisfies Outcome
})
