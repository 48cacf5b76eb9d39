import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { DatabaseUnsuitable } from "../database-errors.ts"
import type { Sql } from "./driver.ts"

/** What there is to know about a server before it is worked on. */
export interface ServerFacts {
  /** The major version of PostgreSQL. */
  readonly version: number
  /** The encoding of the database. */
  readonly encoding: string
  /** It replays what another server does, and takes no writes. */
  readonly isStandby: boolean
  /** All connections of the embedded database share one session, of which nothing is an own. */
  readonly sharesSession: boolean
  /** It can look, in the middle of a statement, whether anybody still waits for the result. */
  readonly noticesLoss: boolean
}

/** Asks for the facts; with full names, since a role's search_path may have others first. */
export const askForFacts = (sql: Sql) => sql`
  select pg_catalog.version() as description,
    pg_catalog.current_setting('server_version_num') as number,
    pg_catalog.current_setting('server_encoding') as encoding,
    pg_catalog.pg_is_in_recovery() as standby`

const Row = Schema.Struct({
  description: Schema.String,
  number: Schema.String,
  encoding: Schema.String,
  standby: Schema.Boolean,
})

const decodeRow = Schema.decodeUnknownEffect(Row)

const oldest = 15
const hasPoll = /linux|darwin|bsd/i

/** Reads the answer to `askForFacts`. */
export const readFacts = (row: unknown): Effect.Effect<ServerFacts> =>
  Effect.map(
    Effect.orDie(decodeRow(row)),
    ({ description, number, encoding, standby }): ServerFacts => {
      const sharesSession = description.includes("PGlite")
      return {
        version: Math.floor(Number(number) / 10_000),
        encoding,
        isStandby: standby,
        sharesSession,
        noticesLoss: !sharesSession && hasPoll.test(description),
      }
    },
  )

/** Fails on a server that the suite does not work on. */
export const requireSuitable = (
  server: string,
  { version, encoding }: ServerFacts,
): Effect.Effect<void, DatabaseUnsuitable> => {
  if (version < oldest)
    return Effect.fail(
      new DatabaseUnsuitable({
        server,
        detail: `it is PostgreSQL ${version}, and version ${oldest} or later is needed`,
      }),
    )
  if (encoding !== "UTF8")
    return Effect.fail(
      new DatabaseUnsuitable({
        server,
        detail: `its encoding is ${encoding}, which cannot hold all that players write. Create a database with encoding 'UTF8'`,
      }),
    )
  return Effect.void
}
