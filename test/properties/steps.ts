import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { importSizes } from "../../lib/battle-reports/import/submissions.ts"
import type { TestDatabase } from "../support/databases.ts"
import { emptyTables } from "../support/reset.ts"
import { carryOut, type Maintenance, maintenance } from "./commands.ts"
import { events, type OutsideEvent, outsideEvent } from "./events.ts"
import { pastedBefore } from "./reports.ts"
import { bundledWiki } from "./wiki-states.ts"

/** A call of a command, or something that happens in between. */
export type Step = Maintenance | OutsideEvent

/** Rebuilds the definitions from the bundled pages. */
export const rebuildFromBundled = {
  command: "rebuild",
  target: "all",
  wiki: bundledWiki,
  allowShrink: true,
  keepGoing: true,
} satisfies Maintenance

/** Syncs every player with the definitions. */
export const syncAll = { command: "sync", player: null } satisfies Maintenance

const pastes = (player: "alice" | "bob"): Maintenance => ({
  command: "import",
  player,
  createPlayer: true,
  text: pastedBefore,
  preset: "farming",
  isTournament: false,
  sizes: importSizes,
})

// The usual state of a database: in use, with something to do for each command.
const inUse: readonly Step[] = [
  rebuildFromBundled,
  "alice joins",
  "bob joins",
  syncAll,
  "alice raises her golden bot",
  "alice raises her ally",
  pastes("alice"),
  pastes("bob"),
  "alice notes the chip of her runs",
  "alice makes her presets and card slots her own",
  "the game is patched",
  "runs are marked as tournaments",
  "an older reader misread waves",
  "a level is edited by hand",
  "links of bots get lost",
]

const chapter: fc.Arbitrary<readonly Step[]> = fc
  .tuple(fc.array(outsideEvent, { maxLength: 2 }), maintenance)
  .map(([happened, call]) => [...happened, call])

const beginning = fc.oneof(
  { weight: 4, arbitrary: fc.constant(inUse) },
  { weight: 1, arbitrary: fc.constant([]) },
)

/** What happens to a database that is in use, or empty, from then on. */
export const history: fc.Arbitrary<readonly Step[]> = fc
  .tuple(beginning, fc.array(chapter, { minLength: 3, maxLength: 8, size: "max" }))
  .map(([before, chapters]) => [...before, ...chapters.flat()])

/** Empties a database. */
export const empty = ({ sql }: TestDatabase) => Effect.promise(() => emptyTables(sql))

/** Replays a history on an empty database: events happen, and `onCommand` does the commands. */
export const replay = <E, R>(
  database: TestDatabase,
  steps: readonly Step[],
  onCommand: (call: Maintenance) => Effect.Effect<unknown, E, R>,
) =>
  Effect.gen(function* () {
    yield* empty(database)
    for (const step of steps) {
      if (typeof step === "string") yield* Effect.promise(() => database.sql.unsafe(events[step]))
      else yield* onCommand(step)
    }
  })

/** Does a command that must succeed. */
export const write = (call: Maintenance) =>
  Effect.flatMap(carryOut(call, "write"), Effect.fromResult)
