import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as fc from "fast-check"
import { importReports } from "../../lib/battle-reports/import/import.ts"
import { ImportSizes, importSizes } from "../../lib/battle-reports/import/submissions.ts"
import { reparseReports } from "../../lib/battle-reports/reparse/reparse.ts"
import type { Mode } from "../../lib/database/transaction.ts"
import { transaction } from "../../lib/database/transaction.ts"
import { purgeDefinitions } from "../../lib/definitions/purge.ts"
import { rebuildDefinitions } from "../../lib/definitions/rebuild.ts"
import { rebuildTargetNames, rebuildTargets, wikiTargetsOf } from "../../lib/definitions/targets.ts"
import { findPlayer } from "../../lib/player-state/players.ts"
import { syncAllPlayers, syncPlayer } from "../../lib/player-state/sync.ts"
import type { Outcome } from "../../lib/terminal/report.ts"
import { capturePages } from "../../lib/wiki/capture.ts"
import { targetNames, targetsOf } from "../../lib/wiki/catalogue.ts"
import type { Services } from "../support/databases.ts"
import { textSource } from "../support/demo-data.ts"
import { pastedText } from "./reports.ts"
import { readingsOf, wikiState } from "./wiki-states.ts"

const username = fc.constantFrom("alice", "alice", "bob", "carol")

const fetch = fc.record({
  command: fc.constant("fetch"),
  target: fc.oneof(fc.constant("all" as const), fc.constantFrom(...targetNames)),
  wiki: wikiState,
  allowShrink: fc.boolean(),
  keepGoing: fc.boolean(),
})
const rebuild = fc.record({
  command: fc.constant("rebuild"),
  target: fc.oneof(fc.constant("all" as const), fc.constantFrom(...rebuildTargetNames)),
  wiki: fc.option(wikiState, { freq: 4 }),
  allowShrink: fc.boolean(),
  keepGoing: fc.boolean(),
})
const purge = fc.record({ command: fc.constant("purge") })
const sync = fc.record({ command: fc.constant("sync"), player: fc.option(username, { freq: 1 }) })
const reparse = fc.record({
  command: fc.constant("reparse"),
  patch: fc.option(fc.constantFrom("2026-02-02", "2026-02-03"), { freq: 1 }),
  limit: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 1 }),
})
const importing = fc.record({
  command: fc.constant("import"),
  player: username,
  createPlayer: fc.boolean(),
  text: pastedText,
  preset: fc.option(fc.constantFrom("farming", "tournament")),
  isTournament: fc.boolean(),
  sizes: fc.constantFrom(importSizes, { whole: 0, batch: 1 }),
})

/** Any call of a command that writes, apart from its mode; a rebuild has most cases of its own. */
export const maintenance = fc.oneof(fetch, rebuild, rebuild, purge, sync, reparse, importing)

export type Maintenance = typeof maintenance extends fc.Arbitrary<infer Command> ? Command : never

const work = (call: Maintenance, mode: Mode): Effect.Effect<Outcome, Error, Services> => {
  switch (call.command) {
    case "fetch": {
      const targets = targetsOf(call.target)
      return capturePages(mode, targets, readingsOf(call.wiki, targets), call)
    }
    case "rebuild": {
      const targets = rebuildTargets(call.target)
      const readings = call.wiki === null ? null : readingsOf(call.wiki, wikiTargetsOf(targets))
      return rebuildDefinitions(mode, { ...call, targets, readings })
    }
    case "purge":
      return purgeDefinitions(mode)
    case "sync":
      return call.player === null
        ? syncAllPlayers(mode)
        : Effect.flatMap(findPlayer(call.player), (player) => syncPlayer(mode, player))
    case "reparse":
      return reparseReports({ mode, lockTimeout: Duration.zero }, { ...call, shard: null })
    case "import":
      return importReports(
        { mode, lockTimeout: Duration.zero },
        {
          username: call.player,
          createPlayer: call.createPlayer,
          timeZone: Option.none(),
          files: [textSource("given", call.text)],
          preset: Option.fromNullOr(call.preset),
          isTournament: call.isTournament,
        },
      ).pipe(Effect.provideService(ImportSizes, call.sizes))
  }
}

// The others see to their transactions themselves.
const isOneTransaction = ({ command }: Maintenance): boolean =>
  command !== "reparse" && command !== "import"

/** Carries out a call as the command does; returns its outcome, or why it failed. */
export const carryOut = (call: Maintenance, mode: Mode) =>
  Effect.result(isOneTransaction(call) ? transaction(mode)(work(call, mode)) : work(call, mode))
