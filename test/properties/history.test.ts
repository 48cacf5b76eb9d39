import { expect, test } from "bun:test"
import * as Effect from "effect/Effect"
import * as fc from "fast-check"
import { type Target, targetNames, targetsOf } from "../../lib/wiki/catalogue.ts"
import { onEachSchema } from "../support/databases.ts"
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

const goldenBot = "bots_golden_bot_table_0"
const moved: WikiState = { rows: [], tables: [{ section: goldenBot, now: "on another page" }] }
const edited: WikiState = {
  rows: [{ section: goldenBot, row: 0, now: "first edit" }],
  tables: [],
}

// The page seen last was not the last to change.
const goesBackAndForth: readonly Fetch[] = [bundledWiki, moved, edited, moved].map((wiki) => ({
  target: "all",
  wiki,
}))

/** A row of the wiki, as one line: where it stands, whom it is about, and what it says. */
const line = (...parts: readonly string[]): string => parts.join(" ")

interface Row {
  readonly page: string
  /** The bot, chip or weapon the row is a level of; all cards and all slots are one. */
  readonly owner: string
  readonly row: string
  readonly content: unknown
}

/** Everything the pages say, by page and parse version; each row with what is stored of it. */
const saidBy = ({ wiki, target }: Fetch): ReadonlyMap<string, readonly Row[]> => {
  const tables = readingsOf(wiki, targetsOf(target)).pages.flatMap(
    ({ pageUrl, pageRevision, tables }) =>
      tables.map(({ parseVersion, sourceSection, headers, rows }) => ({
        page: line(pageUrl, parseVersion),
        rows: rows.map(({ entityId, contentHash, canonicalName, rawRow }) => ({
          page: line(pageUrl, parseVersion),
          owner: line(parseVersion, rawRow._wiki_entity_id ?? ""),
          row: line(sourceSection, entityId, contentHash),
          content: { canonicalName, headers, rawRow, pageRevision },
        })),
      })),
  )
  const byPage = Map.groupBy(tables, ({ page }) => page)
  return new Map([...byPage].map(([page, own]) => [page, own.flatMap(({ rows }) => rows)]))
}

interface Revision {
  readonly revision: string
  /** Its row, but for what says how the page is now. */
  readonly stored: string
  readonly content: unknown
}

onEachSchema("the wiki's history", (database) => {
  const revisions = async () => {
    const rows = await database.sql<Revision[]>`
      select concat_ws(' ', page_url, parse_version, source_section, entity_id, content_hash) as revision,
        (to_jsonb(wiki_data) - '{last_seen,deprecated}'::text[])::text as stored,
        jsonb_build_object('canonicalName', canonical_name, 'headers', headers, 'rawRow', raw_row,
          'pageRevision', page_revision) as content
      from definitions.wiki_data`
    return new Map(rows.map((row) => [row.revision, row]))
  }
  const latest = async () => {
    const rows = await database.sql<{ revision: string }[]>`
      select concat_ws(' ', page_url, parse_version, source_section, entity_id, content_hash) as revision
      from definitions.latest_wiki_row`
    return new Set(rows.map(({ revision }) => revision))
  }

  /** Fetches one after the other; pages that are not fetched stay what they were. */
  const remember = () => {
    const pages = new Map<string, readonly Row[]>()
    return Effect.fnUntraced(function* (fetch: Fetch) {
      const before = yield* Effect.promise(revisions)
      yield* write({ ...fetch, command: "fetch", allowShrink: true, keepGoing: false })
      const after = yield* Effect.promise(revisions)
      const said = saidBy(fetch)
      const read = new Map(
        [...said.values()].flat().map(({ page, row, content }) => [line(page, row), content]),
      )
      for (const [revision, { stored }] of before) expect(after.get(revision)?.stored).toBe(stored)
      expect(new Set(after.keys())).toEqual(new Set([...before.keys(), ...read.keys()]))
      for (const [revision, content] of read)
        if (!before.has(revision)) expect(after.get(revision)?.content).toEqual(content)

      // Where two pages have a bot, the one that was fetched last has the say.
      for (const [page, rows] of said) {
        pages.delete(page)
        pages.set(page, rows)
      }
      const rows = [...pages.values()].flat()
      const pageOf = new Map(rows.map(({ owner, page }) => [owner, page]))
      const shown = rows.filter(({ owner, page }) => pageOf.get(owner) === page)
      expect(yield* Effect.promise(latest)).toEqual(
        new Set(shown.map(({ page, row }) => line(page, row))),
      )
    })
  }

  test(
    "the wiki's history keeps every revision as it was, and its latest rows are what the pages say",
    () =>
      fc.assert(
        fc.asyncProperty(fetches, (sequence) =>
          database.run(
            Effect.andThen(
              empty(database),
              Effect.forEach(sequence, remember(), { discard: true }),
            ),
          ),
        ),
        { numRuns: cases(15, 500), examples: [[goesBackAndForth]] },
      ),
    patience,
  )
})
