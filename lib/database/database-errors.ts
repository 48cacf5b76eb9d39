import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"

const server = { server: Schema.String, detail: Schema.String }

/** No connection could be made. `server` never holds a password, here and in the errors below. */
export class DatabaseUnreachable extends Schema.TaggedError<DatabaseUnreachable>()(
  "DatabaseUnreachable",
  server,
) {
  override get message(): string {
    return `The database ${this.server} cannot be reached: ${this.detail}. Check that the server runs and that DATABASE_URL names its host and port.`
  }
}

/** The connection cannot be encrypted, or the server's certificate not trusted, as asked for. */
export class TlsUnavailable extends Schema.TaggedError<TlsUnavailable>()("TlsUnavailable", server) {
  override get message(): string {
    return `The database ${this.server} cannot be reached by TLS: ${this.detail}. Check sslmode and sslrootcert in DATABASE_URL.`
  }
}

/** The server answered and turned the connection down. */
export class DatabaseRefused extends Schema.TaggedError<DatabaseRefused>()(
  "DatabaseRefused",
  server,
) {
  override get message(): string {
    return `The database ${this.server} refused the connection: ${this.detail}. Check the user, password and database name in DATABASE_URL.`
  }
}

/** The user of the connection may not do what the suite has to do. */
export class DatabaseForbidden extends Schema.TaggedError<DatabaseForbidden>()(
  "DatabaseForbidden",
  server,
) {
  override get message(): string {
    return `The database ${this.server} does not allow its user to do this: ${this.detail}. Grant it (where row security hides rows, grant BYPASSRLS), or give DATABASE_URL a user that owns the suite's schemas.`
  }
}

/** The address asks for a setting that the server does not have; other tools' ones are common. */
export class SettingRefused extends Schema.TaggedError<SettingRefused>()("SettingRefused", server) {
  override get message(): string {
    return `The database ${this.server} refused a setting: ${this.detail}. Remove it from what follows the ? in DATABASE_URL.`
  }
}

/** The connection broke while in use; an open transaction was rolled back by the server. */
export class ConnectionLost extends Schema.TaggedError<ConnectionLost>()("ConnectionLost", server) {
  override get message(): string {
    return `The connection to ${this.server} was lost: ${this.detail}. What was not committed is rolled back; run the command again.`
  }
}

/** A write met a server or session that only reads, such as a standby. */
export class DatabaseReadOnly extends Schema.TaggedError<DatabaseReadOnly>()(
  "DatabaseReadOnly",
  server,
) {
  override get message(): string {
    return `The database ${this.server} is read-only (${this.detail}). Point DATABASE_URL at the primary server.`
  }
}

/** Another transaction changed the same rows first; running again sees its result. */
export class TransactionConflict extends Schema.TaggedError<TransactionConflict>()(
  "TransactionConflict",
  server,
) {
  override get message(): string {
    return `Another session kept changing the same rows of ${this.server} (${this.detail}). Nothing was written; run the command again.`
  }
}

/** A statement failed for any other reason. */
export class StatementFailed extends Schema.TaggedError<StatementFailed>()("StatementFailed", {
  ...server,
  code: Schema.String,
}) {
  override get message(): string {
    return `The database ${this.server} rejected a statement: ${this.detail} (SQLSTATE ${this.code}). Nothing of this transaction was written.`
  }
}

export type DatabaseError =
  | DatabaseUnreachable
  | TlsUnavailable
  | DatabaseRefused
  | DatabaseForbidden
  | SettingRefused
  | ConnectionLost
  | DatabaseReadOnly
  | TransactionConflict
  | StatementFailed

const unreachable = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "CONNECT_TIMEOUT",
  "ERR_SOCKET_CONNECTION_TIMEOUT",
  "ENOENT",
])
const lost = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "ECONNRESET",
  "EPIPE",
  "57P01",
  "57P02",
  "08006",
])
const refused = new Set(["28P01", "28000", "3D000", "53300", "57P03"])
const conflicts = new Set(["40001", "40P01"])

const textOf = (cause: unknown, property: string): string =>
  Predicate.hasProperty(cause, property) && Predicate.isString(cause[property])
    ? cause[property]
    : ""

// The SQLSTATE or system code of whatever the driver threw; empty when it has none.
const codeOf = (cause: unknown): string => textOf(cause, "code")

/** Names what the driver threw. Codes: PostgreSQL's SQLSTATE, postgres.js's and Node's own. */
export const databaseError = (server: string, cause: unknown): DatabaseError => {
  const code = codeOf(cause)
  const detail = textOf(cause, "message") || code || String(cause)
  const fields = { server, detail }
  if (unreachable.has(code)) return new DatabaseUnreachable(fields)
  if (refused.has(code)) return new DatabaseRefused(fields)
  if (code === "42501") return new DatabaseForbidden(fields)
  if (lost.has(code)) return new ConnectionLost(fields)
  if (code === "25006") return new DatabaseReadOnly(fields)
  if (conflicts.has(code)) return new TransactionConflict(fields)
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
