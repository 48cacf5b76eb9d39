import type { Facts } from "../terminal/report.ts"

/** A row of the source. */
export interface Origin {
  readonly table: string
  readonly id: string
}

/** What becomes of a row of the source: each has exactly one fate. */
export const fates = [
  /** Not here yet. */
  "copied",
  /** Here already, equal in everything that is compared. */
  "present",
  /** Here already, and the source has gone on: a level that rose, a row seen later. */
  "raised",
  /** Here already with something else, which only a person can decide. */
  "differing",
  /** One of several rows of the source that are one row here. */
  "merged",
  /** No row here but as it was, in `towerstats.adopted_row`. */
  "kept_aside",
] as const
export type Fate = (typeof fates)[number]

/** A value that differs on both sides. */
export interface Difference extends Origin {
  readonly column: string
  readonly here: string
  readonly there: string
}

/** Columns whose sums are verified. */
export const summed = ["level", "stars_unlocked", "inventory_count"] as const
export type Summed = (typeof summed)[number]

type Counts = Map<string, number>

const add = (counts: Counts, name: string, count: number): void => {
  counts.set(name, (counts.get(name) ?? 0) + count)
}

/** Counts what becomes of the source's rows, table by table, in the order in which they come. */
export class AdoptionTally {
  readonly #fates = new Map<string, Counts>()
  readonly #reasons = new Map<string, Counts>()
  readonly #examples = new Map<string, string>()
  readonly #differences: Difference[] = []
  readonly #unplaced = new Map<string, Counts>()

  /** Notes what becomes of rows of a table. */
  count(table: string, fate: Fate, rows = 1): void {
    const counts = this.#fates.get(table) ?? new Map()
    this.#fates.set(table, counts)
    add(counts, fate, rows)
  }

  /** Notes why a row is kept as it was, in place of a row here or beside it. */
  keep({ table, id }: Origin, why: string): void {
    const counts = this.#reasons.get(table) ?? new Map()
    this.#reasons.set(table, counts)
    add(counts, why, 1)
    const key = JSON.stringify([table, why])
    const known = this.#examples.get(key)
    if (known === undefined) this.#examples.set(key, id)
    else if (known.split(", ").length < 5) this.#examples.set(key, `${known}, ${id}`)
    else if (!known.endsWith("…")) this.#examples.set(key, `${known}, …`)
  }

  /** Notes what a row says that has no row of its own here. */
  leaveOut(table: string, row: Readonly<Record<string, string | null>>): void {
    const sums = this.#unplaced.get(table) ?? new Map()
    this.#unplaced.set(table, sums)
    for (const column of summed) add(sums, column, Number(row[column] ?? 0) || 0)
  }

  /** The sum of a column over the rows of a table that have no row of their own here. */
  leftOut(table: string, column: Summed): number {
    return this.#unplaced.get(table)?.get(column) ?? 0
  }

  /** Notes a value that differs on both sides. */
  differ(difference: Difference): void {
    this.#differences.push(difference)
  }

  get differences(): readonly Difference[] {
    return this.#differences
  }

  /** How many rows of a table have been given a fate. */
  rowsOf(table: string): number {
    return [...(this.#fates.get(table) ?? new Map<string, number>()).values()].reduce(
      (sum, rows) => sum + rows,
      0,
    )
  }

  /** How many rows of a table had this fate. */
  fateOf(table: string, fate: Fate): number {
    return this.#fates.get(table)?.get(fate) ?? 0
  }

  /** How many rows had this fate. */
  total(fate: Fate): number {
    return [...this.#fates.values()].reduce((sum, counts) => sum + (counts.get(fate) ?? 0), 0)
  }

  /** One line for each table, and one for each reason to keep rows of it as they were. */
  get units(): readonly Facts[] {
    return [...this.#fates].flatMap(([table, counts]): readonly Facts[] => [
      {
        table,
        in_source: this.rowsOf(table),
        ...Object.fromEntries(fates.map((fate) => [fate, counts.get(fate) ?? 0])),
      },
      ...[...(this.#reasons.get(table) ?? [])].map(
        ([why, rows]): Facts => ({
          aside_of: table,
          rows,
          why,
          ids: this.#examples.get(JSON.stringify([table, why])) ?? "",
        }),
      ),
    ])
  }
}
