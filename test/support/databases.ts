import { afterAll, beforeAll, beforeEach, describe, setDefaultTimeout } from "bun:test"
import { PGlite } from "@electric-sql/pglite"
import { PGLiteSocketServer } from "@electric-sql/pglite-socket"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import postgres from "postgres"
import { platform } from "../../lib/command/run-command.ts"
import { applyMigrations } from "../../lib/database/apply-migrations.ts"
import { readAddress } from "../../lib/database/connection/read-address.ts"
import { Database } from "../../lib/database/database.ts"
import type { DatabaseLocation } from "../../lib/database/database-location.ts"
import { migratePartitioned } from "./partitions.ts"
import { reset } from "./reset.ts"
import { withPassword } from "./secrets.ts"
import { createDatabase, dropDatabase, serverUrl } from "./server-databases.ts"

/** What an effect under test may ask for. */
export type Services = Database | Layer.Success<typeof platform>

/** A database of a test's own, migrated and empty before each test. */
export interface TestDatabase {
  /** Its address, for scripts run as subprocesses. */
  readonly url: string
  /** Runs an effect on it, over a connection of its own. */
  readonly run: <A, E>(effect: Effect.Effect<A, E, Services>) => Promise<A>
  /** A plain connection that is no maintenance session, as the site's would be. */
  readonly sql: postgres.Sql
}

/** The server at an address. */
export const locationOf = (url: string): DatabaseLocation => {
  const address = Result.getOrThrow(readAddress(Redacted.make(url)))
  return { _tag: "Server", address, direct: address }
}

/** Runs an effect on the database at an address, over a connection of its own. */
export const runOn =
  (url: string) =>
  <A, E>(effect: Effect.Effect<A, E, Services>): Promise<A> =>
    Effect.runPromise(
      effect.pipe(Effect.provide(Layer.provideMerge(Database.layerAt(locationOf(url)), platform))),
    )

interface EmbeddedServer {
  readonly url: string
  /** The files of the database as it was when it was new. */
  readonly asNew: Blob
}

declare global {
  // Creating an embedded database takes seconds, so all test files of a process share one.
  var embeddedTestServer: Promise<EmbeddedServer> | undefined
}

const startEmbedded = async (): Promise<EmbeddedServer> => {
  const database = await PGlite.create()
  const asNew = await database.dumpDataDir("none")
  const server = new PGLiteSocketServer({
    db: database,
    host: "127.0.0.1",
    port: 0,
    maxConnections: 32,
  })
  await server.start()
  return { url: withPassword(`postgres://postgres@${server.getServerConn()}/postgres`).href, asNew }
}

const embeddedServer = (): Promise<EmbeddedServer> => {
  globalThis.embeddedTestServer ??= startEmbedded()
  return globalThis.embeddedTestServer
}

/** Puts a new embedded database into a folder: a copy, which takes a fifth of the time of creating one. */
export const createEmbedded = async (folder: string): Promise<void> => {
  const { asNew } = await embeddedServer()
  const database = await PGlite.create(folder, { loadDataDir: asNew })
  await database.close()
}

// Milliseconds; commands run as processes of their own, and on a busy machine that takes time.
const longestTest = 60_000

/** Applies all migrations. */
export const migrateAll = applyMigrations(Duration.zero)

/** Where tests run: how a database is had there, and its schema made. */
interface Place {
  readonly name: string
  readonly start: () => Promise<string>
  readonly stop: (url: string) => Promise<void>
  readonly migrate: Effect.Effect<unknown, unknown, Services>
}

const embedded: Place = {
  name: "embedded",
  start: async () => (await embeddedServer()).url,
  stop: async () => {},
  migrate: migrateAll,
}

const server: Place = {
  name: "server",
  start: createDatabase,
  stop: dropDatabase,
  migrate: migrateAll,
}

// Partitions are for very many players, and those are on a server.
const partitioned: Place = { ...server, name: "partitioned", migrate: migratePartitioned }

const whereServer = (...places: readonly Place[]) => (serverUrl === undefined ? [] : places)
const everywhere = [embedded, ...whereServer(server)]

const suite = ({ name: where, start, stop, migrate }: Place, name: string, tests: Tests) =>
  describe(`${name} (${where})`, () => {
    let url = ""
    let sql: postgres.Sql
    const database: TestDatabase = {
      get url() {
        return url
      },
      run: (effect) => runOn(url)(effect),
      get sql() {
        return sql
      },
    }
    beforeAll(async () => {
      url = await start()
      sql = postgres(url, { max: 1, onnotice: () => {} })
    }, longestTest)
    tests.before(async () => {
      await reset(`${where} ${url}`, sql, () => database.run(migrate))
      await database.run(tests.fill)
    })
    tests.body(database)
    afterAll(async () => {
      await sql.end()
      await stop(url)
    })
  })

type Fill = Effect.Effect<unknown, unknown, Services>
type Body = (database: TestDatabase) => void

/** What is done there: before each test or once, the same. */
interface Tests {
  readonly before: (hook: () => Promise<unknown>) => void
  readonly fill: Fill
  readonly body: Body
}

const empty = (body: Body): Tests => ({
  before: (hook) => beforeEach(hook, longestTest),
  fill: Effect.void,
  body,
})

const filled = (fill: Fill, body: Body): Tests => ({
  before: (hook) => beforeAll(hook, longestTest),
  fill,
  body,
})

const run = (places: readonly Place[], name: string, tests: Tests): void => {
  setDefaultTimeout(longestTest)
  for (const place of places) suite(place, name, tests)
}

/** Runs tests where `TEST_DATABASE_URL` names a server, on a database of their own there. */
export const onServer = (name: string, body: Body): void =>
  run(whereServer(server), name, empty(body))

/**
 * Runs tests on the embedded database and, where `TEST_DATABASE_URL` names a server, on a
 * database of their own there too; migrated and empty before each test.
 */
export const onEachDatabase = (name: string, body: Body): void => run(everywhere, name, empty(body))

/** The same, and once more on the server where what belongs to players is partitioned by player. */
export const onEachSchema = (name: string, body: Body): void =>
  run([...everywhere, ...whereServer(partitioned)], name, empty(body))

/** Runs tests on that server alone, where what belongs to players is partitioned by player. */
export const onPartitionedDatabase = (name: string, fill: Fill, body: Body): void =>
  run(whereServer(partitioned), name, filled(fill, body))

/** The same as on each database, filled once before all tests, which must leave everything as it is. */
export const onFilledDatabase = (name: string, fill: Fill, body: Body): void =>
  run(everywhere, name, filled(fill, body))

/** The same, only on the embedded database: for what does not depend on which one it is. */
export const onFilledEmbedded = (name: string, fill: Fill, body: Body): void =>
  run([embedded], name, filled(fill, body))

/** The same, only where `TEST_DATABASE_URL` names a server. */
export const onFilledServer = (name: string, fill: Fill, body: Body): void =>
  run(whereServer(server), name, filled(fill, body))
