import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** What a column of the source holds, whichever kind of database it is. */
export type ColumnType = "integer" | "decimal" | "boolean" | "time" | "date" | "json" | "text"

export interface SourceColumn {
  readonly name: string
  readonly type: ColumnType
}

/**
 * A row as text, by column: `12`, `true`, `2025-12-01T03:00:00.000000Z`, JSON as it is written. Both
 * kinds of database say the same of the same row, but for the order of JSON's keys.
 */
export type SourceRow = Readonly<Record<string, string | null>>

/** Rows of a table whose column lies in a range, both ends included. */
export interface Range {
  readonly column: string
  readonly first: string
  readonly last: string
  /** The table whose column `of` lies in the range, where `column` only refers to its rows. */
  readonly through?: { readonly table: string; readonly of: string }
}

/** A Django TowerStats, as it is at one moment. Nothing in it can be changed from here. */
export interface Source {
  /** Its address without password, or the path of its file. */
  readonly name: string
  /** Whether JSON columns keep their keys in the order in which the site wrote them. */
  readonly keepsKeyOrder: boolean
  /** Whether every value is of its column's type; SQLite takes anything. */
  readonly isTyped: boolean
  readonly tables: ReadonlyMap<string, readonly SourceColumn[]>
  /** The rows that follow the one of id `after`, by id; of a table without ids, all rows. */
  readonly next: (
    table: string,
    after: string | null,
    limit: number,
  ) => Effect.Effect<readonly SourceRow[], SourceError>
  /** The rows in a range, by id. */
  readonly within: (table: string, range: Range) => Effect.Effect<readonly SourceRow[], SourceError>
  /** The rows that refer by `column` to a row of `parent` that is not there, by id. */
  readonly strays: (
    table: string,
    column: string,
    parent: string,
  ) => Effect.Effect<readonly SourceRow[], SourceError>
  /** The values of these columns that more than one row has. */
  readonly repeated: (
    table: string,
    columns: readonly string[],
  ) => Effect.Effect<readonly SourceRow[], SourceError>
  readonly count: (table: string) => Effect.Effect<number, SourceError>
  /** The sum of a column, or its greatest value; 0 for a table without rows. */
  readonly figure: (
    table: string,
    figure: "sum" | "max",
    column: string,
  ) => Effect.Effect<number, SourceError>
}

/** What `--from` names cannot be read. The source never holds a password. */
export class SourceUnreadable extends Schema.TaggedError<SourceUnreadable>()("SourceUnreadable", {
  source: Schema.String,
  detail: Schema.String,
  advice: Schema.String,
}) {
  override get message(): string {
    return `${this.source} cannot be read: ${this.detail}. ${this.advice}`
  }
}

/** What `--from` names is a database, but none of a Django TowerStats. */
export class NotTowerStats extends Schema.TaggedError<NotTowerStats>()("NotTowerStats", {
  source: Schema.String,
  missing: Schema.Array(Schema.String),
  found: Schema.Array(Schema.String),
}) {
  override get message(): string {
    const found =
      this.found.length === 0 ? "It has no tables" : `It has ${this.found.slice(0, 8).join(", ")}`
    return `${this.source} is not the database of a Django TowerStats: it lacks ${this.missing.join(", ")}. ${found}${this.found.length > 8 ? ", …" : ""}. Give --from the database that the site itself uses.`
  }
}

/** The source is of a version whose tables do not say what has to be known. */
export class SourceTooOld extends Schema.TaggedError<SourceTooOld>()("SourceTooOld", {
  source: Schema.String,
  missing: Schema.Array(Schema.String),
}) {
  override get message(): string {
    return `${this.source} is of a version too old to be adopted: it lacks ${this.missing.join(", ")}. Run the site's own \`python manage.py migrate\` on a copy of it, and adopt that.`
  }
}

export type SourceError = SourceUnreadable
