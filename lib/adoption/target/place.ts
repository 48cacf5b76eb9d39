import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Sql, Statement } from "../../database/database.ts"
import { execute, queryRows, requireTouched } from "../../database/query.ts"
import type { Mode } from "../../database/transaction.ts"
import type { AdoptionTally, Origin } from "../tally.ts"
import { nextNumbers } from "./numbers.ts"
import {
  type ColumnRule,
  type Target,
  type TargetRow,
  type TargetTable,
  targetTables,
} from "./target-tables.ts"

/** A row of ours, and the row of the source that it comes from. */
export interface Planned<T extends Target> {
  readonly from: Origin
  readonly row: TargetRow<T>
}

const columnsOf = ({ columns }: TargetTable, ...rules: readonly ColumnRule[]): readonly string[] =>
  Object.keys(columns).filter(
    (name) => rules.length === 0 || rules.includes(columns[name]?.[1] ?? "first"),
  )

const typeOf = ({ columns }: TargetTable, name: string): string => columns[name]?.[0] ?? "text"

const isLong = (table: TargetTable, name: string): boolean =>
  typeOf(table, name) === "jsonb" || table.long?.includes(name) === true

const textIn = (row: Readonly<Record<string, unknown>>, name: string): string | null => {
  const value = row[name]
  return typeof value === "string" ? value : null
}

// As JSON, long texts would have to be escaped here and read again there. What stands between them, or
// for none, is in no text. An empty list would be none, so that one more follows the last.
const longColumn = (sql: Sql, name: string, rows: readonly Readonly<Record<string, unknown>>[]) => {
  const texts = rows.map((row) => textIn(row, name))
  let between = "\u0001"
  while (texts.some((text) => text?.includes(between))) between += crypto.randomUUID()
  let none = "\u0002"
  while (texts.includes(none)) none += "\u0002"
  const list = [...texts.map((text) => text ?? none), none].join(between)
  return sql`string_to_table(${list}::text, ${between}::text, ${none}::text)`
}

/** The rows as a relation called `given`, each with its place `n` among them, in this order. */
const given = (
  sql: Sql,
  table: TargetTable,
  rows: readonly Readonly<Record<string, unknown>>[],
): Statement => {
  const names = Object.keys(table.columns)
  const long = names.filter((name) => isLong(table, name))
  const short = names.filter((name) => !isLong(table, name))
  const json = rows.map((row, n) =>
    Object.fromEntries([["n", n], ...short.map((name) => [name, row[name] ?? null])]),
  )
  const types = short.map((name) => `"${name}" ${typeOf(table, name)}`)
  const lists = long.reduce(
    (all, name) => sql`${all}, ${longColumn(sql, name, rows)}`,
    sql`json_to_recordset(${JSON.stringify(json)}::text::json)
      as (n integer, ${sql.unsafe(types.join(", "))})`,
  )
  const columns = ["n", ...[...short, ...long].map((name) => `"${name}"`)]
  return sql`(
    select * from rows from (${lists}) as listed (${sql.unsafe(columns.join(", "))})
    where n is not null
  ) as given`
}

const valueIn = (table: TargetTable, name: string): string =>
  typeOf(table, name) === "jsonb" ? `given."${name}"::jsonb` : `given."${name}"`

const matchOf = (table: TargetTable): string =>
  table.match?.where ??
  columnsOf(table, "key")
    .map((name) => `stored."${name}" = given."${name}"`)
    .join(" and ")

const Comparison = Schema.Struct({
  n: Schema.Int,
  isStored: Schema.Boolean,
  id: Schema.NullOr(Schema.String),
  /** Whether another row has the number that the source gives this one. */
  isTaken: Schema.Boolean,
  rises: Schema.Boolean,
  /** By column, the value here and the one of the source. */
  differences: Schema.Record(Schema.String, Schema.Tuple([Schema.Unknown, Schema.Unknown])),
})
type Comparison = typeof Comparison.Type

const compare = (table: TargetTable, rows: readonly Readonly<Record<string, unknown>>[]) => {
  const hasId = columnsOf(table, "id").length > 0
  const rising = [
    ...columnsOf(table, "rises").map((name) => `given."${name}" > stored."${name}"`),
    ...columnsOf(table, "falls").map((name) => `given."${name}" < stored."${name}"`),
    ...columnsOf(table, "renewed").map(
      (name) => `${valueIn(table, name)} is distinct from stored."${name}"`,
    ),
  ]
  const differing = columnsOf(table, "same").map(
    (name) => `case when found and ${valueIn(table, name)} is distinct from stored."${name}"
      then jsonb_build_object('${name}', jsonb_build_array(stored."${name}", ${valueIn(table, name)}))
      else '{}' end`,
  )
  return queryRows(
    Comparison,
    (sql) => sql`
      select n, coalesce(found, false) as "isStored",
        ${sql.unsafe(hasId ? "stored.id::text" : "null::text")} as id,
        ${sql.unsafe(hasId ? `exists (select from ${table.name} as other where other.id = given.id)` : "false")} as "isTaken",
        coalesce(found and (${sql.unsafe(rising.join(" or ") || "false")}), false) as rises,
        ${sql.unsafe(differing.join(" || ") || "'{}'::jsonb")} as differences
      from ${given(sql, table, rows)}
      left join lateral (
        select true as found, stored.* from ${sql.unsafe(table.name)} as stored
        where ${sql.unsafe(matchOf(table))}
        ${sql.unsafe(table.match === undefined ? "" : `order by ${table.match.best}`)} limit 1
      ) as stored on true
      order by n`,
  )
}

const insert = (table: TargetTable, rows: readonly Readonly<Record<string, unknown>>[]) =>
  execute((sql) => {
    const names = columnsOf(table)
    return sql`
      insert into ${sql.unsafe(table.name)} (${sql(names)}) overriding system value
      select ${sql.unsafe(names.map((name) => valueIn(table, name)).join(", "))}
      from ${given(sql, table, rows)}`
  })

const raise = (table: TargetTable, rows: readonly Readonly<Record<string, unknown>>[]) =>
  execute((sql) => {
    const changes = [
      ...columnsOf(table, "rises").map(
        (name) => `"${name}" = greatest(stored."${name}", given."${name}")`,
      ),
      ...columnsOf(table, "falls").map(
        (name) => `"${name}" = least(stored."${name}", given."${name}")`,
      ),
      ...columnsOf(table, "with last_seen").map(
        (name) => `"${name}" = case when given.last_seen > stored.last_seen
          then given."${name}" else stored."${name}" end`,
      ),
      ...columnsOf(table, "alongside", "renewed").map(
        (name) => `"${name}" = ${valueIn(table, name)}`,
      ),
    ]
    return sql`
      update ${sql.unsafe(table.name)} as stored set ${sql.unsafe(changes.join(", "))}
      from ${given(sql, table, rows)} where ${sql.unsafe(matchOf(table))}`
  })

const shown = (value: unknown): string =>
  typeof value === "string" ? value.slice(0, 200) : JSON.stringify(value)

/** Puts rows of the source in their places here, or finds out for a check what that would do. */
export class Placement {
  readonly #mode: Mode
  readonly #tally: AdoptionTally
  /** Names of tables that had no row before this run: what comes there need not be compared. */
  readonly #empty: ReadonlySet<string>
  /** By table, the first number that neither side has given to a row. */
  readonly #nextId: Map<string, number>

  constructor(
    mode: Mode,
    tally: AdoptionTally,
    empty: ReadonlySet<string>,
    nextId: ReadonlyMap<string, number>,
  ) {
    this.#mode = mode
    this.#tally = tally
    this.#empty = empty
    this.#nextId = new Map(nextId)
  }

  /** The rows' numbers, in their order; empty texts where the table has none. */
  readonly place = <T extends Target>(target: T, planned: readonly Planned<T>[]) =>
    Effect.gen({ self: this }, function* () {
      const table = targetTables[target]
      if (planned.length === 0) return []
      const rows = planned.map(({ row }) => row)
      const comparisons = this.#empty.has(table.name)
        ? rows.map((_, n): Comparison => ({ ...unknown, n }))
        : yield* compare(table, rows)
      const numbers = yield* this.#numbersFor(target, planned, comparisons)
      const fresh: Readonly<Record<string, unknown>>[] = []
      const risen: Readonly<Record<string, unknown>>[] = []
      const ids = comparisons.map((comparison, n) => {
        const row = rows[n]
        const from = planned[n]?.from
        if (row === undefined || from === undefined) return ""
        const { isStored, rises } = comparison
        if (isStored) {
          this.#note(from, comparison)
          if (rises) risen.push(row)
          return comparison.id ?? ""
        }
        this.#count(from, "copied")
        const id = numbers.get(n) ?? row.id ?? ""
        fresh.push(id === "" ? row : { ...row, id })
        return id
      })
      if (this.#mode === "write") {
        yield* requireTouched(table.name, fresh.length, insert(table, fresh))
        yield* requireTouched(table.name, risen.length, raise(table, risen))
      }
      return ids
    })

  #count(from: Origin, fate: "copied" | "present" | "raised" | "differing"): void {
    this.#tally.count(from.table, fate)
  }

  #note(from: Origin, { rises, differences }: Comparison): void {
    const found = Object.entries(differences)
    for (const [column, [here, there]] of found)
      this.#tally.differ({ ...from, column, here: shown(here), there: shown(there) })
    this.#count(from, found.length > 0 ? "differing" : rises ? "raised" : "present")
  }

  /** Numbers for the new rows that cannot have the source's, by their places. */
  #numbersFor<T extends Target>(
    target: T,
    planned: readonly Planned<T>[],
    comparisons: readonly Comparison[],
  ) {
    const { name, columns } = targetTables[target]
    const unnumbered = comparisons.filter(
      ({ isStored, isTaken }, n) => !isStored && (isTaken || (planned[n]?.row.id ?? null) === null),
    )
    if (columns.id === undefined || unnumbered.length === 0)
      return Effect.succeed<ReadonlyMap<number, string>>(new Map())
    const numbers =
      this.#mode === "write"
        ? nextNumbers(name, unnumbered.length)
        : Effect.sync(() => this.#madeUp(name, unnumbered.length))
    return Effect.map(
      numbers,
      (given): ReadonlyMap<number, string> =>
        new Map(unnumbered.map(({ n }, index) => [n, given[index] ?? ""])),
    )
  }

  #madeUp(name: string, count: number): readonly string[] {
    const first = this.#nextId.get(name) ?? 1
    this.#nextId.set(name, first + count)
    return Array.from({ length: count }, (_, index) => String(first + index))
  }
}

const unknown = { isStored: false, id: null, isTaken: false, rises: false, differences: {} }
