import * as Predicate from "effect/Predicate"
import { codeOf } from "../../terminal/error-code.ts"
import {
  ConnectionLost,
  type DatabaseError,
  DatabaseForbidden,
  DatabaseReadOnly,
  DatabaseRefused,
  DatabaseUnavailable,
  DatabaseUnreachable,
  DatabaseUnsuitable,
  RecoveryConflict,
  SettingRefused,
  StatementFailed,
  TransactionConflict,
} from "../database-errors.ts"

/** The server that an error came from. */
export interface Origin {
  readonly server: string
  readonly isStandby: boolean
}

// Codes are PostgreSQL's SQLSTATEs, which mean the same in every language a server speaks, postgres.js's
// own, and the system's.
const refused = new Set(["28P01", "3D000", "SASL_SIGNATURE_MISMATCH"])
const unavailable = new Set(["53300", "57P03"])
const lost = new Set([
  "57P01", // the server is shut down, or the session ended by an administrator
  "57P02", // the server crashed
  "57P04", // the database was dropped
  "57P05", // idle_session_timeout
  "25P03", // idle_in_transaction_session_timeout
  "25P04", // transaction_timeout
])
const conflicts = new Set(["40001", "40P01"])
// No SQLSTATE begins like these.
const ofTheSocket = /^(?:CONNECTION_|ERR_|E[A-Z]+$)/

interface Fields {
  readonly server: string
  readonly detail: string
}

// Poolers give all their errors the code of a violated protocol; they write them in English only.
const fromPoolers: readonly (readonly [RegExp, (fields: Fields) => DatabaseError])[] = [
  [/unsupported startup parameter/, (fields) => new SettingRefused(fields)],
  [
    /statement pooling mode/,
    ({ server, detail }) =>
      new DatabaseUnsuitable({
        server,
        detail: `its pooler allows no transactions (${detail}). Set its pool_mode to transaction or session, or give the server's own address`,
      }),
  ],
  [
    /query_wait_timeout|no more connections allowed|max client connections|server_login_retry|has been failing/i,
    (fields) => new DatabaseUnavailable(fields),
  ],
  [
    /no such (?:user|database)|does not exist|authentication failed/,
    (fields) => new DatabaseRefused(fields),
  ],
]

const detailOf = (cause: unknown): string =>
  Predicate.hasProperty(cause, "message") && Predicate.isString(cause.message) ? cause.message : ""

/** The error behind what the driver failed with. */
export const driverError = ({ server, isStandby }: Origin, cause: unknown): DatabaseError => {
  const code = codeOf(cause)
  const fields = { server, detail: detailOf(cause) || code }
  if (refused.has(code)) return new DatabaseRefused(fields)
  if (code === "28000") return new DatabaseRefused({ ...fields, isByRule: true })
  if (unavailable.has(code)) return new DatabaseUnavailable(fields)
  if (code === "42501") return new DatabaseForbidden(fields)
  if (code === "25006") return new DatabaseReadOnly(fields)
  if (conflicts.has(code))
    return isStandby ? new RecoveryConflict(fields) : new TransactionConflict(fields)
  if (lost.has(code) || ofTheSocket.test(code)) return new ConnectionLost(fields)
  if (code.startsWith("08")) {
    const [, name] = fromPoolers.find(([said]) => said.test(fields.detail)) ?? []
    return name?.(fields) ?? new ConnectionLost(fields)
  }
  return new StatementFailed({ ...fields, code })
}

// What a server answers to a setting that it does not know, or to a value that it does not take.
const unknownSettings = new Set(["42704", "22023"])

/** What a failure of the very first statement means: there is no connection. */
export const whileConnecting = (
  error: ConnectionLost | StatementFailed,
): DatabaseUnreachable | SettingRefused => {
  const { server, detail } = error
  return error._tag === "StatementFailed" && unknownSettings.has(error.code)
    ? new SettingRefused({ server, detail })
    : new DatabaseUnreachable({ server, detail })
}
