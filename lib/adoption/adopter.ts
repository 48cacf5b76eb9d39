import * as Effect from "effect/Effect"
import type { Mode } from "../database/transaction.ts"
import { isStorableText, Leftovers, mayBeKept } from "./mapping/leftovers.ts"
import { type DjangoTable, ruleOf } from "./source/django-tables.ts"
import type { ColumnType, Range, Source, SourceColumn, SourceRow } from "./source/source.ts"
import { AdoptionTally } from "./tally.ts"
import { Placement } from "./target/place.ts"
import type { TargetState } from "./target/target-state.ts"

/** What a value of a column of each type looks like; any text is one. */
const shapes: Readonly<Partial<Record<ColumnType, RegExp>>> = {
  integer: /^-?\d{1,19}$/,
  decimal: /^-?\d+(?:\.\d+)?$/,
  boolean: /^(?:true|false)$/,
  time: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
}

/** Why the database cannot take a value; null for one that it can. */
const whyWrong = ({ name, type }: SourceColumn, row: SourceRow): string | null => {
  const value = row[name] ?? null
  if (value === null || shapes[type]?.test(value)) return null
  if (shapes[type] !== undefined) return `its ${name} is no ${type}`
  return isStorableText(value) ? null : `its ${name} has a character that the database cannot hold`
}

const saysSomething = (value: string | null | undefined, type: ColumnType): boolean =>
  value !== null &&
  value !== undefined &&
  value !== "" &&
  !(type === "boolean" && value === "false") &&
  !(type === "json" && /^(?:\[\]|\{\}|null)$/.test(value))

/** How a table's rows are looked at before they are mapped. */
interface Inspection {
  /** Columns without a place here. */
  readonly lost: readonly SourceColumn[]
  /** Columns whose values may be such as the database cannot take. */
  readonly doubtful: readonly SourceColumn[]
}

/** Reads the source and puts its rows in their places, one table after another. */
export class Adopter {
  /** Whether what is here has to be what the source says; before a write it cannot be. */
  readonly isVerified: boolean
  readonly source: Source
  readonly tally = new AdoptionTally()
  /** Ids of reports whose texts have been compared, and of those that are not here to the byte. */
  readonly texts: { compared: number; readonly wrong: string[] } = { compared: 0, wrong: [] }
  readonly leftovers: Leftovers
  readonly place: Placement["place"]
  readonly #inspections = new Map<DjangoTable, Inspection>()

  constructor(mode: Mode, source: Source, { empty, nextId }: TargetState, isVerified: boolean) {
    this.isVerified = isVerified
    this.source = source
    this.leftovers = new Leftovers(this.tally, (table) => this.columnsOf(table))
    this.place = new Placement(mode, this.tally, empty, nextId).place
  }

  columnsOf(table: string): readonly SourceColumn[] {
    return this.source.tables.get(table) ?? []
  }

  /** The next rows of a table; none of one that the source lacks. */
  readonly next = (table: DjangoTable, after: string | null, limit: number) =>
    this.source.tables.has(table)
      ? this.source.next(table, after, limit)
      : Effect.succeed<readonly SourceRow[]>([])

  /** The rows of a table in a range; none of one that the source lacks. */
  readonly within = (table: DjangoTable, range: Range) =>
    this.source.tables.has(table)
      ? this.source.within(table, range)
      : Effect.succeed<readonly SourceRow[]>([])

  /** All rows of a table that is never large. */
  readonly all = Effect.fnUntraced({ self: this }, function* (this: Adopter, table: DjangoTable) {
    const rows: SourceRow[] = []
    for (;;) {
      const more = yield* this.next(table, rows.at(-1)?.id ?? null, chunk)
      rows.push(...this.inspected(table, more))
      if (more.length < chunk) return rows
    }
  })

  /**
   * The rows that can be mapped. One with a value of another type than its column's is kept aside, and
   * so, beside its place here, is one with something that has no place.
   */
  readonly inspected = (table: DjangoTable, rows: readonly SourceRow[]): readonly SourceRow[] => {
    const { lost, doubtful } = this.#inspectionOf(table)
    if (lost.length === 0 && doubtful.length === 0) return rows
    return rows.filter((row) => {
      const why = doubtful.map((column) => whyWrong(column, row)).find((reason) => reason !== null)
      if (why) {
        this.leftovers.onlyKeep(table, row, why)
        return false
      }
      const said = lost.filter(({ name, type }) => saysSomething(row[name], type))
      if (said.length > 0)
        this.leftovers.alsoKeep(
          table,
          row,
          `no place here for ${said
            .map(({ name }) => name)
            .sort()
            .join(", ")}`,
        )
      return true
    })
  }

  /** Stores what has been kept aside so far. */
  readonly settle = Effect.suspend(() => this.place("adoptedRow", this.leftovers.take()))

  #inspectionOf(table: DjangoTable): Inspection {
    const known = this.#inspections.get(table)
    if (known !== undefined) return known
    const { required, optional = [] } = ruleOf(table)
    const carried = new Set([...required, ...optional])
    const columns = this.columnsOf(table)
    const inspection = {
      lost: columns.filter(({ name }) => !carried.has(name) && mayBeKept(table, name)),
      doubtful: this.source.isTyped
        ? []
        : columns.filter(({ name, type }) => carried.has(name) && type !== "json"),
    }
    this.#inspections.set(table, inspection)
    return inspection
  }
}

const chunk = 2000
