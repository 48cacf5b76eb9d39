import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { queryRows, queryValue } from "../database/query.ts"
import { contentHash } from "../wiki/rows/content-hash.ts"
import type { Adopter } from "./adopter.ts"
import { levelledNames } from "./mapping/definitions.ts"
import { djangoTables, otherTables } from "./source/django-tables.ts"
import type { Source } from "./source/source.ts"
import type { Summed } from "./tally.ts"

/** Something that was counted on both sides. */
export interface Finding {
  readonly verified: string
  readonly source: number
  readonly here: number
  /** What of the source's is in `towerstats.adopted_row` alone. */
  readonly asideOrMerged: number
  readonly holds: boolean
  /** All of it in a sentence. */
  readonly says: string
}

const finding = (
  verified: string,
  { source, here, asideOrMerged }: Pick<Finding, "source" | "here" | "asideOrMerged">,
  holds: boolean,
): Finding => ({
  ...{ verified, source, here, asideOrMerged, holds },
  says: `${verified}: ${source} in the source, ${here} here and ${asideOrMerged} aside or merged`,
})

/** Every row of the source has come by, and has got a place or a reason: a finding for each table that lacks one. */
const verifyRows = Effect.fnUntraced(function* ({ source, tally }: Adopter) {
  const tables = [...Object.keys(djangoTables), ...otherTables(source)]
  const counted = yield* Effect.forEach(
    tables.filter((table) => source.tables.has(table)),
    (table) =>
      Effect.map(source.count(table), (count) => {
        const asideOrMerged = tally.fateOf(table, "kept_aside") + tally.fateOf(table, "merged")
        const here = tally.rowsOf(table) - asideOrMerged
        return { table, source: count, here, asideOrMerged }
      }),
  )
  const sum = (pick: (each: (typeof counted)[number]) => number) =>
    counted.reduce((total, each) => total + pick(each), 0)
  const holds = (each: (typeof counted)[number]) => each.here + each.asideOrMerged === each.source
  return [
    finding(
      "rows of all tables",
      {
        source: sum(({ source }) => source),
        here: sum(({ here }) => here),
        asideOrMerged: sum(({ asideOrMerged }) => asideOrMerged),
      },
      counted.every(holds),
    ),
    ...counted
      .filter((each) => !holds(each))
      .map((each) => finding(`rows of ${each.table}`, each, false)),
  ]
})

const sums: readonly {
  readonly verified: string
  readonly column: Summed
  readonly tables: readonly string[]
  readonly here: string
}[] = [
  {
    verified: "sum of levels",
    column: "level",
    tables: levelledNames.map(({ progress }) => progress),
    here: "select coalesce(sum(level), 0)::bigint as value from player_state.parameter_progress",
  },
  {
    verified: "sum of stars",
    column: "stars_unlocked",
    tables: ["player_state_playercard"],
    here: "select coalesce(sum(stars_unlocked), 0)::bigint as value from player_state.progress",
  },
  {
    verified: "sum of cards in inventory",
    column: "inventory_count",
    tables: ["player_state_playercard"],
    here: "select coalesce(sum(inventory_count), 0)::bigint as value from player_state.progress",
  },
]

const sumThere = (source: Source, tables: readonly string[], column: string) =>
  Effect.map(
    Effect.forEach(
      tables.filter((table) => source.tables.has(table)),
      (table) => source.figure(table, "sum", column),
    ),
    (figures) => figures.reduce((sum, figure) => sum + figure, 0),
  )

/** Nobody has less than in the source; a player who has gone on here has more. */
const verifySums = ({ source, tally }: Adopter) =>
  Effect.forEach(sums, ({ verified, column, tables, here }) =>
    Effect.gen(function* () {
      const there = yield* sumThere(source, tables, column)
      const stored = yield* queryValue(Schema.Int, (sql) => sql`${sql.unsafe(here)}`)
      const asideOrMerged = tables.reduce((sum, table) => sum + tally.leftOut(table, column), 0)
      const holds = stored + asideOrMerged >= there
      return finding(verified, { source: there, here: stored, asideOrMerged }, holds)
    }),
  )

const HashedRow = Schema.Struct({
  id: Schema.Int,
  hash: Schema.String,
  rawRow: Schema.Record(Schema.String, Schema.String),
})

const rowsPerBatch = 5000

/** Each row of the wiki has the hash of its content. */
const verifyHashes = Effect.gen(function* () {
  let after = 0
  let right = 0
  let all = 0
  for (;;) {
    const rows = yield* queryRows(
      HashedRow,
      (sql) => sql`
        select id, content_hash as hash, raw_row as "rawRow" from definitions.wiki_data
        where id > ${after} order by id limit ${rowsPerBatch}`,
    )
    right += rows.filter(({ hash, rawRow }) => contentHash(rawRow) === hash).length
    all += rows.length
    after = rows.at(-1)?.id ?? after
    if (rows.length < rowsPerBatch)
      return finding(
        "rows of the wiki with the hash of their content",
        { source: all, here: right, asideOrMerged: 0 },
        all === right,
      )
  }
})

/** Each report has its text, to the byte, and its checksum. */
const textFinding = ({ texts: { compared, wrong } }: Adopter): Finding => {
  const right = compared - wrong.length
  const texts = finding(
    "texts of reports with their checksums",
    { source: compared, here: right, asideOrMerged: 0 },
    wrong.length === 0,
  )
  return wrong.length === 0
    ? texts
    : { ...texts, says: `${texts.says}; not those of the reports ${wrong.slice(0, 20).join(", ")}` }
}

/** What can be counted on both sides once rows have their places. */
export const verifyAdoption = Effect.fnUntraced(function* (adopter: Adopter) {
  const rows = yield* verifyRows(adopter)
  const totals = yield* verifySums(adopter)
  return [...rows, ...totals, yield* verifyHashes, textFinding(adopter)]
})
