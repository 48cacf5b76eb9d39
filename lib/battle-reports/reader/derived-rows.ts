import { jsonbObject, jsonString, keyOrder } from "./jsonb-text.ts"
import type { Reading } from "./reading.ts"
import { summaryColumns } from "./summary-columns.ts"

/**
 * What one report says, as the texts that PostgreSQL prints for the same content: equal texts are
 * equal rows, and the texts are what gets written.
 */
export interface DerivedRows {
  /** The columns of `summaryColumns` by name, as a jsonb object. */
  readonly summary: string
  /** `battle_report_metrics.values`. */
  readonly values: string
  /** `battle_report_metrics.raw_values`. */
  readonly rawValues: string
}

const summaryOrder = keyOrder(summaryColumns.map(({ name }) => name))

/** `storedAt`: when the report was stored, an ISO instant; the date of a report that has none. */
export const derivedRows = (reading: Reading, storedAt: string): DerivedRows => {
  const metrics = [...reading.metrics.values()]
  const order = keyOrder([...reading.metrics.keys()])
  return {
    summary: jsonbObject(
      summaryOrder,
      summaryColumns.map(({ json }) => json(reading, storedAt)),
    ),
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
