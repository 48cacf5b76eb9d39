import { expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import fc from "fast-check"
import { execute, queryRows } from "../../../lib/database/query.ts"
import { latestRows } from "../../../lib/wiki/revisions/latest-rows.ts"
import { overlayPlans } from "../../../lib/wiki/revisions/overlay-plans.ts"
import { countsOf, planRevisions } from "../../../lib/wiki/revisions/plan-revisions.ts"
import type { StoredRevision } from "../../../lib/wiki/revisions/revisions.ts"
import { loadRevisions, storeRevisions } from "../../../lib/wiki/revisions/stored-revisions.ts"
import { onEachDatabase, type Services } from "../../support/databases.ts"
import { cases, patience } from "../../support/long-run.ts"
import { type Sections, scraped } from "../scraped-sections.ts"

const pageUrls = ["https://wiki.test/wiki/A", "https://mirror.test/wiki/A"]

/** The wiki over time: at each point the sections of each page that is read, null where none is. */
const history = fc.array(
  fc.array(
    fc.option(
      fc.dictionary(
        fc.constantFrom("s", "t"),
        fc.dictionary(fc.constantFrom("a1", "a2", "b1"), fc.constantFrom("1", "2", "3")),
        { minKeys: 1 },
      ),
      { freq: 4 },
    ),
    { minLength: pageUrls.length, maxLength: pageUrls.length },
  ),
  { maxLength: 6 },
)

type State = readonly (Sections | null)[]

const plansFor = (stored: readonly StoredRevision[], state: State) =>
  state.flatMap((sections, index) =>
    sections === null
      ? []
      : Result.getOrThrow(
          planRevisions(stored, scraped(sections, pageUrls[index]), { allowShrink: true }),
        ),
  )

const keyOf = ({ pageUrl, sourceSection, entityId, contentHash }: StoredRevision) =>
  [pageUrl, sourceSection, entityId, contentHash].join(" ")

/** What later stages see of rows, in an order of its own. */
const content = (rows: readonly StoredRevision[]) =>
  rows
    .toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))
    .map(({ id: _, lastSeen: __, ...seen }) => seen)

const load = loadRevisions(["bots_v1"])

const currentIds = Effect.map(
  queryRows(
    Schema.Struct({ id: Schema.Int }),
    (sql) => sql`select id from definitions.latest_wiki_row order by id`,
  ),
  (rows) => rows.map(({ id }) => id),
)

interface Moment {
  readonly state: State
  readonly before: readonly StoredRevision[]
  readonly foreseen: readonly StoredRevision[]
  readonly after: readonly StoredRevision[]
  /** The ids that the view `definitions.latest_wiki_row` shows. */
  readonly shown: readonly number[]
}

onEachDatabase("after any history of the wiki", (database) => {
  const replay = (states: readonly State[], claim: (moment: Moment) => void) =>
    Effect.gen(function* () {
      yield* execute((sql) => sql`begin`)
      for (const state of states) {
        const before = yield* load
        const plans = plansFor(before, state)
        const foreseen = overlayPlans(before, plans)
        yield* storeRevisions(plans)
        claim({ state, before, foreseen, after: yield* load, shown: yield* currentIds })
      }
    }).pipe(Effect.ensuring(Effect.ignore(execute((sql) => sql`rollback`))))

  const always = (claim: (moment: Moment) => void) =>
    database.run(
      Effect.flatMap(Effect.context<Services>(), (context) =>
        Effect.promise(() =>
          fc.assert(
            fc.asyncProperty(history, (states) =>
              Effect.runPromiseWith(context)(replay(states, claim)),
            ),
            { numRuns: cases(25, 1000) },
          ),
        ),
      ),
    )

  test(
    "the overlay of plans is what reading after carrying them out returns",
    () =>
      always(({ foreseen, after }) => {
        expect(content(foreseen)).toEqual(content(after))
        expect(content(latestRows(foreseen))).toEqual(content(latestRows(after)))
      }),
    patience,
  )

  test(
    "the view of current rows shows those that commands take for current",
    () =>
      always(({ after, shown }) => {
        const taken = latestRows(after).map(({ id }) => id)
        expect(shown).toEqual(taken.toSorted((a, b) => a - b))
      }),
    patience,
  )

  test(
    "planned rows have negative ids of their own, stored ones keep theirs",
    () =>
      always(({ before, foreseen, after }) => {
        expect(new Set(foreseen.map(({ id }) => id)).size).toBe(foreseen.length)
        const planned = foreseen.slice(before.length)
        expect(planned.every(({ id }) => id < 0)).toBe(true)
        expect(after).toHaveLength(before.length + planned.length)
      }),
    patience,
  )

  test(
    "each page read has the rows it says, and no others",
    () =>
      always(({ state, after }) => {
        for (const [index, sections] of state.entries()) {
          if (sections === null) continue
          const own = after.filter(({ pageUrl }) => pageUrl === pageUrls[index])
          for (const section of ["s", "t"]) {
            const live = latestRows(own.filter(({ sourceSection }) => sourceSection === section))
            const says = live.map(({ entityId, rawRow }) => [entityId, rawRow.Value])
            expect(says.toSorted()).toEqual(Object.entries(sections[section] ?? {}).toSorted())
          }
        }
      }),
    patience,
  )

  test(
    "storing the same again changes nothing",
    () =>
      always(({ state, after }) => {
        for (const section of plansFor(after, state).flatMap((plan) => plan.sections)) {
          expect(countsOf(section)).toMatchObject({ added: 0, changed: 0, deprecated: 0 })
        }
      }),
    patience,
  )
})
