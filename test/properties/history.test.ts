import { expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { type Target, targetNames, targetsOf } from "../../lib/wiki/catalogue.ts"
import { onEachDatabase } from "../support/databases.ts"
import { cases, patience } from "../support/long-run.ts"
import { quietly } from "../support/quiet.ts"
import { empty, write } from "./steps.ts"
import { bundledWiki, readingsOf, type WikiState, wikiState } from "./wiki-states.ts"

quietly()

interface Fetch {
  readonly target: Target | "all"
  readonly wiki: WikiState
}

// A handful of states in any order: pages are edited, and edited back.
const fetches: fc.Arbitrary<readonly Fetch[]> = fc
  .array(wikiState, { minLength: 1, maxLength: 2 })
  .chain((states) =>
    fc.array(
      fc.record({
        target: fc.oneof(fc.constant("all" as const), fc.constantFrom(...targetNames)),
        wiki: fc.constantFrom(bundledWiki, ...states),
      }),
      { minLength: 3, maxLength: 6, size: "max" },
    ),
  )

/** A row of the wiki, as one line: where it stands, whom it is about, and what it says. */
const line = (...parts: readonly string[]): string => parts.join(" ")

/** Everything the pages say, by page and parse version. */
const saidBy = ({ wiki, target }: Fetch): ReadonlyMap<string, ReadonlySet<string>> => {
  const tables = readingsOf(wiki, targetsOf(target)).pages.flatMap(({ pageUrl, tables }) =>
    tables.map(({ parseVersion, sourceSection, rows }) => ({
      page: line(pageUrl, parseVersion),
      rows: rows.map((row) => line(sourceSection, row.entityId, row.contentHash)),
    })),
  )
  const byPage = Map.groupBy(tables, ({ page }) => page)
  return new Map([...byPage].map(([page, own]) => [page, new Set(own.flatMap(({ rows }) => rows))]))
}

onEachDatabase("the wiki's history", (database) => {
  const revisions = async () => {
    const rows = await database.sql<{ revision: string; content: string }[]>`
      select concat_ws(' ', page_url, parse_version, source_section, entity_id, content_hash) as revision,
        (to_jsonb(wiki_data) - '{last_seen,deprecated}'::text[])::text as content
      from definitions.wiki_data`
    return new Map(rows.map(({ revision, content }) => [revision, content]))
  }
  const latest = async () => {
    const rows = await database.sql<{ page: string; row: string }[]>`
      select concat_ws(' ', page_url, parse_version) as page,
        concat_ws(' ', source_section, entity_id, content_hash) as row
      from definitions.latest_wiki_row`
    return Map.groupBy(rows, ({ page }) => page)
  }

  const remember = Effect.fnUntraced(function* (fetch: Fetch) {
    const before = yield* Effect.promise(revisions)
    yield* write({ ...fetch, command: "fetch", allowShrink: true, keepGoing: false })
    const after = yield* Effect.promise(revisions)
    const current = yield* Effect.promise(latest)
    const said = saidBy(fetch)
    for (const [revision, content] of before) expect(after.get(revision)).toBe(content)
    const pages = [...said].flatMap(([page, rows]) => [...rows].map((row) => line(page, row)))
    expect(new Set(after.keys())).toEqual(new Set([...before.keys(), ...pages]))
    for (const [page, rows] of said)
      expect(new Set(current.get(page)?.map(({ row }) => row))).toEqual(new Set(rows))
  })

  test(
    "keeps every revision ever seen as it was, and shows of each entity what its page says",
    () =>
      fc.assert(
        fc.asyncProperty(fetches, (sequence) =>
          database.run(
            Effect.andThen(empty(database), Effect.forEach(sequence, remember, { discard: true })),
          ),
        ),
        { numRuns: cases(15, 500) },
      ),
    patience,
  )
})
