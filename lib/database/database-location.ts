import { resolve } from "node:path"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import { ExitCode } from "../terminal/exit.ts"
import { readAddress, type ServerAddress } from "./connection/address.ts"

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
  ({ folder }): DatabaseLocation => ({
    _tag: "Embedded",
    folder: Option.match(folder, {
      onNone: () => defaultFolder,
      onSome: (given) => resolve(given),
    }),
  }),
)

const read = (variable: string, text: Redacted.Redacted<string>) =>
  Effect.mapError(
    Effect.fromResult(readAddress(text)),
    (problem) => new InvalidDatabaseUrl({ variable, problem }),
  )

/**
 * The database this process works on: `DATABASE_URL`, else the embedded one in
 * `TOWERSTATS_DATABASE_FOLDER` or `.towerstats/database`. On Railway and in CI the default folder
 * is refused, since nothing there lasts.
 */
export const databaseLocation = Effect.gen(function* () {
  const { url, directUrl, folder, railway, ci } = yield* Effect.orDie(environment)
  if (Option.isSome(url)) {
    const address = yield* read(urlVariable, url.value)
    const direct = Option.isSome(directUrl)
      ? yield* read(directUrlVariable, directUrl.value)
      : address
    return { _tag: "Server", address, direct } satisfies DatabaseLocation
  }
  if (Option.isNone(folder) && Option.isSome(railway))
    return yield* new MissingDatabaseUrl({ place: "on Railway" })
  if (Option.isNone(folder) && Option.contains(ci, "true"))
    return yield* new MissingDatabaseUrl({ place: "in CI" })
  return yield* embeddedLocation
})
