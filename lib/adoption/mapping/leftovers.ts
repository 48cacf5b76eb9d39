import type { SourceColumn, SourceRow } from "../source/source.ts"
import type { AdoptionTally, Origin } from "../tally.ts"
import type { Planned } from "../target/place.ts"

/** The site's secrets and whom it lets do what: never copied, also not aside. */
const userColumns: ReadonlySet<string> = new Set([
  ...["id", "username", "first_name", "last_name", "is_active", "date_joined", "last_login"],
])
const secret = /passw|secret|token|e_?mail|session_?(?:key|data)|permission|credential/i

/** Whether a column may be kept aside. */
export const mayBeKept = (table: string, column: string): boolean =>
  table === "auth_user" ? userColumns.has(column) : !secret.test(column)

/** Whether the database can hold a text: it has neither a character of code 0 nor half a surrogate pair. */
export const isStorableText = (text: string): boolean => !text.includes("\0") && text.isWellFormed()

const storable = (text: string): unknown =>
  isStorableText(text) ? text : { base64: Buffer.from(text, "utf8").toString("base64") }

const escaped = /\\u(?:0000|d[89a-f])/i

/** Whether the database can hold a text that is known to be JSON. */
export const isStorable = (json: string): boolean => {
  if (!escaped.test(json)) return true
  const inFull: unknown = JSON.parse(json)
  return !/\\u(?:0000|d[89a-f])/.test(JSON.stringify(inFull))
}

/** Whether the database can hold this text as JSON. */
export const isStorableJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return isStorable(text)
  } catch {
    return false
  }
}

const jsonOf = (text: string | null, { type }: SourceColumn): string => {
  if (text === null) return "null"
  const isNumber = type === "integer" || type === "decimal"
  if (isNumber && /^-?\d+(?:\.\d+)?$/.test(text)) return text
  if (type === "boolean" && (text === "true" || text === "false")) return text
  if (type === "json" && isStorableJson(text)) return text
  return JSON.stringify(storable(text))
}

/** A row as JSON of its columns' types, without what is never copied. */
export const rowAsJson = (
  table: string,
  columns: readonly SourceColumn[],
  row: SourceRow,
): string => {
  const members = columns
    .filter(({ name }) => mayBeKept(table, name))
    .map((column) => `${JSON.stringify(column.name)}:${jsonOf(row[column.name] ?? null, column)}`)
  return `{${members.join(",")}}`
}

interface Kept {
  readonly from: Origin
  readonly row: SourceRow
  readonly reasons: string[]
}

/** Rows of the source that are kept as they are, in place of rows here or beside them. */
export class Leftovers {
  readonly #tally: AdoptionTally
  readonly #columnsOf: (table: string) => readonly SourceColumn[]
  #kept = new Map<string, Kept>()

  constructor(tally: AdoptionTally, columnsOf: (table: string) => readonly SourceColumn[]) {
    this.#tally = tally
    this.#columnsOf = columnsOf
  }

  /** Keeps a row that has its place here as well. */
  alsoKeep(table: string, row: SourceRow, why: string): void {
    const from = originOf(table, row)
    const key = JSON.stringify([table, from.id])
    const kept = this.#kept.get(key) ?? { from, row, reasons: [] }
    this.#kept.set(key, kept)
    if (kept.reasons.includes(why)) return
    kept.reasons.push(why)
    this.#tally.keep(from, why)
  }

  /** Keeps a row that has no place here. */
  onlyKeep(table: string, row: SourceRow, why: string): void {
    this.#tally.count(table, "kept_aside")
    this.#tally.leaveOut(table, row)
    this.alsoKeep(table, row, why)
  }

  /** Keeps a row that is one with another row of the source. */
  merge(table: string, row: SourceRow, why: string): void {
    this.#tally.count(table, "merged")
    this.#tally.leaveOut(table, row)
    this.alsoKeep(table, row, why)
  }

  /** Takes out what has been kept so far, as rows for `towerstats.adopted_row`. */
  take(): readonly Planned<"adoptedRow">[] {
    const kept = [...this.#kept.values()]
    this.#kept = new Map()
    return kept.map(({ from, row, reasons }) => ({
      from: { table: "towerstats.adopted_row", id: from.id },
      row: {
        source_table: from.table,
        source_id: from.id,
        why: reasons.join("; "),
        row: rowAsJson(from.table, this.#columnsOf(from.table), row),
      },
    }))
  }
}

/** Where a row comes from. */
export const originOf = (table: string, row: SourceRow): Origin => ({
  table,
  id: row.id ?? JSON.stringify(row),
})
