import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { UsageError } from "../../terminal/exit.ts"
import { requireTowerStats } from "./django-tables.ts"

const isAddress = (from: string): boolean => /^postgres(?:ql)?:\/\//.test(from)

/**
 * Opens what `--from` names for the current scope: the database of a Django TowerStats, on a
 * PostgreSQL server or in an SQLite file. It is only read.
 */
export const openSource = Effect.fnUntraced(function* (from: string) {
  // Loaded on demand: each kind has a driver of its own.
  if (isAddress(from)) {
    const { postgresSource } = yield* Effect.promise(() => import("./postgres-source.ts"))
    const source = yield* postgresSource(Redacted.make(from))
    return yield* Effect.as(requireTowerStats(source), source)
  }
  const [, scheme] = /^(\w+):\/\//.exec(from) ?? []
  if (scheme !== undefined)
    return yield* new UsageError({
      message: `--from takes a postgres:// address or the path of an SQLite file, not an address of ${scheme}://.`,
    })
  const { sqliteSource } = yield* Effect.promise(() => import("./sqlite-source.ts"))
  const source = yield* sqliteSource(from)
  return yield* Effect.as(requireTowerStats(source), source)
})
