import { existsSync } from "node:fs"
import { resolve } from "node:path"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Record from "effect/Record"
import * as Redacted from "effect/Redacted"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import { ExitCode } from "../terminal/exit.ts"
import type { ServerAddress } from "./connection/address.ts"
import { withPasswordFile } from "./connection/password-file.ts"
import { type Environment, readAddress, variables } from "./connection/read-address.ts"

/** Where the database is: a server, or the folder of the embedded one. */
export type DatabaseLocation =
  | {
      readonly _tag: "Server"
      readonly address: ServerAddress
      /** Past any pooler, for what needs a session of its own; the same where there is none. */
      readonly direct: ServerAddress
    }
  | { readonly _tag: "Embedded"; readonly folder: string }

/** `DATABASE_URL` is absent where writing to a throw-away database would be the worst outcome. */
export class MissingDatabaseUrl extends Schema.TaggedError<MissingDatabaseUrl>()(
  "MissingDatabaseUrl",
  { place: Schema.String },
) {
  override readonly [Runtime.errorExitCode] = ExitCode.usage
  override get message(): string {
    return `DATABASE_URL is not set ${this.place}, and the embedded database would not outlive this run. Set DATABASE_URL to the server's postgres:// address, or TOWERSTATS_DATABASE_FOLDER to a folder that lasts.`
  }
}

/** A variable is set to something other than a PostgreSQL address. The value is not repeated. */
export class InvalidDatabaseUrl extends Schema.TaggedError<InvalidDatabaseUrl>()(
  "InvalidDatabaseUrl",
  { variable: Schema.String, problem: Schema.String },
) {
  override readonly [Runtime.errorExitCode] = ExitCode.usage
  override get message(): string {
    return `${this.variable} is not a PostgreSQL address: ${this.problem}. Write it as postgres://user:password@host:5432/database.`
  }
}

/** The way past a pooler is given, and the database it leads to is not. */
export class DirectUrlAlone extends Schema.TaggedError<DirectUrlAlone>()("DirectUrlAlone", {}) {
  override readonly [Runtime.errorExitCode] = ExitCode.usage
  override get message(): string {
    return "TOWERSTATS_DIRECT_URL is set and DATABASE_URL is not. Set DATABASE_URL too: most of the work is done there."
  }
}

/** The embedded database of this checkout, ignored by git. */
const defaultFolder = resolve(import.meta.dir, "../../.towerstats/database")

const urlVariable = "DATABASE_URL"
const directUrlVariable = "TOWERSTATS_DIRECT_URL"

// Hosts let a variable be set to nothing.
const url = (variable: string) =>
  Config.Redacted(variable).pipe(
    Config.option,
    Config.map(Option.filter((text) => Redacted.value(text) !== "")),
  )

const environment = Config.all({
  url: url(urlVariable),
  directUrl: url(directUrlVariable),
  folder: Config.option(Config.NonEmptyString("TOWERSTATS_DATABASE_FOLDER")),
  railway: Config.option(Config.NonEmptyString("RAILWAY_PROJECT_ID")),
  ci: Config.option(Config.NonEmptyString("CI")),
})

/** The embedded database's folder, wherever the process runs and whatever `DATABASE_URL` says. */
export const embeddedLocation = Effect.map(
  Effect.orDie(environment),
  ({ folder }) =>
    ({
      _tag: "Embedded",
      folder: Option.match(folder, {
        onNone: () => defaultFolder,
        onSome: (given) => resolve(given),
      }),
    }) as const satisfies DatabaseLocation,
)

const postgresVariables = Config.all(
  Object.fromEntries(
    Object.keys(variables).map((name) => [name, Config.option(Config.String(name))] as const),
  ),
).pipe(Config.map((values): Environment => Record.map(values, Option.getOrUndefined)))

const read = Effect.fnUntraced(function* (
  variable: string,
  text: Redacted.Redacted<string>,
  defaults: Environment,
) {
  const address = yield* Effect.mapError(
    Effect.fromResult(readAddress(text, defaults)),
    (problem) => new InvalidDatabaseUrl({ variable, problem }),
  )
  return yield* withPasswordFile(address, Option.getOrUndefined(yield* Effect.orDie(passwordFile)))
})

const passwordFile = Config.option(Config.NonEmptyString("PGPASSFILE"))

// Where Debian's server listens for its own machine, as its psql does by default.
const usualHost = (): string => {
  const folder = "/var/run/postgresql"
  return existsSync(folder) ? folder : "localhost"
}

// The variables of PostgreSQL's own tools name a server when they name a host or a database.
const namesServer = ({ PGHOST, PGDATABASE, PGSERVICE }: Environment): boolean =>
  [PGHOST, PGDATABASE, PGSERVICE].some((value) => value !== undefined && value !== "")

/**
 * The database this process works on: `DATABASE_URL`, else the embedded one in
 * `TOWERSTATS_DATABASE_FOLDER`, else the server that `PGHOST` or `PGDATABASE` name, else the embedded
 * one in `.towerstats/database`. On Railway and in CI that last folder is refused, since nothing there
 * lasts. What an address does not say is taken from the variables of PostgreSQL's own tools.
 */
export const databaseLocation = Effect.gen(function* () {
  const { url, directUrl, folder, railway, ci } = yield* Effect.orDie(environment)
  const postgres = yield* Effect.orDie(postgresVariables)
  const variable = Option.isSome(url) ? urlVariable : "What PGHOST and the other PG variables say"
  const chosen = Option.orElse(url, () =>
    Option.isNone(folder) && namesServer(postgres)
      ? Option.some(Redacted.make("postgres://"))
      : Option.none(),
  )
  if (Option.isSome(chosen)) {
    const defaults = { ...postgres, PGHOST: postgres.PGHOST || usualHost() }
    const address = yield* read(variable, chosen.value, Option.isSome(url) ? postgres : defaults)
    const direct = Option.isSome(directUrl)
      ? yield* read(directUrlVariable, directUrl.value, postgres)
      : address
    return { _tag: "Server", address, direct } satisfies DatabaseLocation
  }
  if (Option.isSome(directUrl)) return yield* new DirectUrlAlone()
  if (Option.isNone(folder) && Option.isSome(railway))
    return yield* new MissingDatabaseUrl({ place: "on Railway" })
  if (Option.isNone(folder) && Option.contains(ci, "true"))
    return yield* new MissingDatabaseUrl({ place: "in CI" })
  return yield* embeddedLocation
})
