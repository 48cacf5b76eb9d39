import type { Reading } from "./reading.ts"
import type { Decimal } from "./values/decimal.ts"

/** The keys of an object in jsonb's order: where each one's value is, and how it is written. */
export type KeyOrder = ReadonlyArray<{ readonly position: number; readonly prefix: string }>

// jsonb orders keys by length first, then by bytes; metric keys are ASCII.
const inJsonbOrder = (keys: readonly string[]): KeyOrder =>
  keys
    .map((key, position) => ({ key, position }))
    .sort((a, b) => a.key.length - b.key.length || (a.key < b.key ? -1 : 1))
    .map(({ key, position }, index) => ({
      position,
      prefix: `${index === 0 ? "" : ", "}${JSON.stringify(key)}: `,
    }))

// Reports of one layout have the same keys in the same order, so sorting them once is enough.
const orders = new Map<string, KeyOrder>()
const mostOrders = 200

/** The order in which jsonb prints these keys, which are ASCII and stand once each. */
export const keyOrder = (keys: readonly string[]): KeyOrder => {
  const name = keys.join()
  const known = orders.get(name)
  if (known !== undefined) return known
  const order = inJsonbOrder(keys)
  if (orders.size >= mostOrders) orders.clear()
  orders.set(name, order)
  return order
}

/**
 * A flat object as PostgreSQL prints it when its type is jsonb. `values` are JSON texts already, in
 * canonical form, in the order that the keys were given in.
 */
export const jsonbObject = (order: KeyOrder, values: readonly string[]): string => {
  // One flat list of pieces: joining it is half the cost of adding strings up.
  const pieces = ["{"]
  for (const { prefix, position } of order) pieces.push(prefix, values[position] ?? "null")
  pieces.push("}")
  return pieces.join("")
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON must escape.
const mustEscape = /["\\\u0000-\u001f]/

/** A string as PostgreSQL prints it in json and jsonb. */
export const jsonString = (value: string): string =>
  mustEscape.test(value) ? JSON.stringify(value) : `"${value}"`

/**
 * What one report says, as the texts that PostgreSQL prints for the same content: equal texts are
 * equal rows, and the texts are what gets written.
 */
export interface DerivedRows {
  /** Columns of `battle_report_progress`, in the order of `store-report-progress.sql`, as JSON. */
  readonly progress: string
  /** `battle_report_metrics.values`. */
  readonly values: string
  /** `battle_report_metrics.raw_values`. */
  readonly rawValues: string
}

const text = (value: string | null): string => (value === null ? "null" : jsonString(value))
const number = (value: number | Decimal | null): string => (value === null ? "null" : String(value))

// Seconds with six digits behind the point, as the database's to_char writes them.
const instant = (iso: string): string =>
  `"${iso.slice(0, 19)}.${iso.slice(20, -1).padEnd(6, "0")}Z"`

/** `storedAt`: when the report was stored, an ISO instant; the date of a report that has none. */
export const derivedRows = (report: Reading, storedAt: string): DerivedRows => {
  const { progress } = report
  const metrics = [...report.metrics.values()]
  const order = keyOrder([...report.metrics.keys()])
  return {
    progress: `[${[
      instant(progress.battleDate ?? storedAt),
      number(progress.tier),
      number(progress.wave),
      number(progress.realTimeSeconds),
      number(progress.gameTimeSeconds),
      text(progress.killedBy),
      number(progress.coinsEarned),
      number(progress.cashEarned),
      number(progress.interestEarned),
      number(progress.gemBlocksTapped),
      number(progress.cellsEarned),
      number(progress.rerollShardsEarned),
      text(progress.coinsEarnedRaw),
      text(progress.cashEarnedRaw),
      text(progress.interestEarnedRaw),
      text(progress.tournamentBracket),
    ].join(", ")}]`,
    values: jsonbObject(
      order,
      metrics.map(({ value }) => value),
    ),
    rawValues: jsonbObject(
      order,
      metrics.map(({ raw }) => jsonString(raw)),
    ),
  }
}
