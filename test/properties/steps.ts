import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import type { TestDatabase } from "../support/databases.ts"
import { carryOut, type Maintenance, maintenance } from "./commands.ts"
import { type Happening, happening, happenings } from "./happenings.ts"
import { bundledWiki } from "./wiki-states.ts"

/** A call of a command, or something that happens in between. */
export type Step = Maintenance | Happening

/** Makes the definitions what the wiki says, as it is bundled. */
export const rebuildFromBundled = {
  command: "rebuild",
  target: "all",
  wiki: bundledWiki,
  allowShrink: true,
  keepGoing: true,
} satisfies Maintenance

/** Brings every player in step with the definitions. */
export const syncAll = { command: "sync", player: null } satisfies Maintenance

// How a database is found most of the time: in use.
const inUse: readonly Step[] = [
  rebuildFromBundled,
  "alice joins",
  "bob joins",
  syncAll,
  "alice raises her golden bot",
  "alice raises her ally",
]

/** The life of a database: from nothing on, or from when it was in use. */
export const life: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.constantFrom([], inUse),
    fc.array(fc.oneof(maintenance, happening), { minLength: 1, maxLength: 6 }),
  )
  .map(([before, then]) => [...before, ...then])

const emptyTables = `
  alter table definitions.wiki_data disable trigger user;
  delete from gamedata.battle_report;
  delete from player_state.preset;
  delete from player_state.player;
  delete from player_state.account;
  delete from definitions.definition;
  delete from definitions.wiki_data;
  delete from definitions.patch_boundary;
  delete from definitions.unit;
  alter table definitions.wiki_data enable trigger user`

/**
 * Lives a life on an empty database: things happen as they do, and commands are done by `onCommand`.
 */
export const live = <E, R>(
  { sql }: TestDatabase,
  steps: readonly Step[],
  onCommand: (call: Maintenance) => Effect.Effect<unknown, E, R>,
) =>
  Effect.gen(function* () {
    yield* Effect.promise(() => sql.unsafe(emptyTables))
    for (const step of steps) {
      if (typeof step === "string") yield* Effect.promise(() => sql.unsafe(happenings[step]))
      else yield* onCommand(step)
    }
  })

/** Does a command that must succeed. */
export const write = (call: Maintenance) =>
  Effect.flatMap(carryOut(call, "write"), Effect.fromResult)
