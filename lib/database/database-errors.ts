import * as Schema from "effect/Schema"

const server = { server: Schema.String, detail: Schema.String }

/** No connection could be made. `server` never holds a password, here and in the errors below. */
export class DatabaseUnreachable extends Schema.TaggedError<DatabaseUnreachable>()(
  "DatabaseUnreachable",
  server,
) {
  override get message(): string {
    return `The database ${this.server} cannot be reached: ${this.detail}. Check that the server runs and that its address names the right host and port.`
  }
}

/** The connection cannot be encrypted, or the server's certificate not trusted, as asked for. */
export class TlsUnavailable extends Schema.TaggedError<TlsUnavailable>()("TlsUnavailable", server) {
  override get message(): string {
    return `The database ${this.server} cannot be reached by TLS: ${this.detail}. Check sslmode and sslrootcert in its address.`
  }
}

/** The server answered and turned the connection down. */
export class DatabaseRefused extends Schema.TaggedError<DatabaseRefused>()("DatabaseRefused", {
  ...server,
  /** Whether a rule on who may connect from where, and how, turned it down before any password. */
  isByRule: Schema.optionalKey(Schema.Boolean),
}) {
  override get message(): string {
    return `The database ${this.server} refused the connection: ${this.detail}. Check the user, password and database name in its address.`
  }
}

/** The server answered, but has no connection to spare or does not work yet, or no longer. */
export class DatabaseUnavailable extends Schema.TaggedError<DatabaseUnavailable>()(
  "DatabaseUnavailable",
  server,
) {
  override get message(): string {
    return `The database ${this.server} lets nobody in at present: ${this.detail}. Run the command again when the server has started, or when some of its connections, or of its pooler's, are free.`
  }
}

/** A server that the suite does not work on. */
export class DatabaseUnsuitable extends Schema.TaggedError<DatabaseUnsuitable>()(
  "DatabaseUnsuitable",
  server,
) {
  override get message(): string {
    return `The suite does not work on the database ${this.server}: ${this.detail}. Nothing was done.`
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
    return `The database ${this.server} refused a setting: ${this.detail}. Remove it from what follows the ? in the address; where a pooler refuses it, give the server's own address.`
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
    return `The database ${this.server} is read-only (${this.detail}). Point DATABASE_URL at the primary server; if it is that, reset default_transaction_read_only for its user or database.`
  }
}

/** Another transaction changed the same rows first; running again sees its result. */
export class TransactionConflict extends Schema.TaggedError<TransactionConflict>()(
  "TransactionConflict",
  server,
) {
  override get message(): string {
    return `Another session kept changing the same rows of ${this.server} (${this.detail}). What was not committed is rolled back; run the command again.`
  }
}

/** A standby had to replay what its primary did, and could not do so beside a statement. */
export class RecoveryConflict extends Schema.TaggedError<RecoveryConflict>()(
  "RecoveryConflict",
  server,
) {
  override get message(): string {
    return `The standby ${this.server} broke the work off (${this.detail}), several times. Run the command again, or raise max_standby_streaming_delay there, or point DATABASE_URL at the primary server.`
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
  | DatabaseUnavailable
  | DatabaseUnsuitable
  | DatabaseForbidden
  | SettingRefused
  | ConnectionLost
  | DatabaseReadOnly
  | TransactionConflict
  | RecoveryConflict
  | StatementFailed
