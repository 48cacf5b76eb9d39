import { resolve } from "node:path"
import * as Config from "effect/Config"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { UsageError } from "../terminal/exit.ts"

/** The settings of a deploy's wiki step, from the environment. */
export interface DeploySettings {
  /** Rebuild from the stored rows, without fetching the wiki. */
  readonly isOffline: boolean
  /** How long the wiki step may take; none means no limit. */
  readonly wikiTimeout: Option.Option<Duration.Duration>
}

const truthy = new Set(["1", "true", "t", "yes", "y", "on"])

const isOffline = Config.String("TOWERSTATS_WIKI_OFFLINE").pipe(
  Config.withDefault(""),
  Config.map((text) => truthy.has(text.trim().toLowerCase())),
)

const timeoutVariable = "TOWERSTATS_WIKI_REBUILD_TIMEOUT_SECONDS"

const wikiTimeout = Config.Int(timeoutVariable).pipe(
  Config.withDefault(300),
  Config.map((seconds) => (seconds > 0 ? Option.some(Duration.seconds(seconds)) : Option.none())),
)

/** The settings from the environment; an invalid one fails before any step runs. */
export const deploySettings = Config.all({ isOffline, wikiTimeout }).pipe(
  Effect.mapError(
    () =>
      new UsageError({
        message: `${timeoutVariable} takes a whole number of seconds, and 0 or less for no limit; nothing has been run.`,
      }),
  ),
)

/** One step of a deploy: a command in a process of its own. */
export interface Step {
  readonly name: string
  readonly command: string
  readonly arguments: readonly string[]
  /** Whether its failure stops the deploy. */
  readonly isRequired: boolean
  /** How long it may take; none means no limit. */
  readonly timeout: Option.Option<Duration.Duration>
  /** The flag that leaves it out, if it was given. */
  readonly skippedBy: Option.Option<string>
}

/** What the caller of a deploy chose. */
export interface DeployChoices {
  readonly skipMigrations: boolean
  readonly skipWiki: boolean
  readonly skipReparse: boolean
  /** How long the deploy waits for another one, and each step for another writing command. */
  readonly lockTimeout: Duration.Duration
}

const scripts = resolve(import.meta.dir, "../../scripts")

const script = (name: string, lockTimeout: Duration.Duration, flags: readonly string[] = []) => ({
  command: process.execPath,
  arguments: [
    resolve(scripts, `${name}.ts`),
    ...flags,
    "--write",
    "--lock-timeout",
    String(Duration.toSeconds(lockTimeout)),
  ],
})

const skippedIf = (isSkipped: boolean, flag: string): Option.Option<string> =>
  isSkipped ? Option.some(flag) : Option.none()

/**
 * The steps of a deploy, in order, each the script that a person would run. A release needs the
 * right schema and reports; a wiki that is down must not hold it up.
 */
export const deploySteps = (
  { skipMigrations, skipWiki, skipReparse, lockTimeout }: DeployChoices,
  { isOffline, wikiTimeout }: DeploySettings,
): readonly Step[] => [
  {
    name: "migrate",
    ...script("migrate", lockTimeout),
    isRequired: true,
    timeout: Option.none(),
    skippedBy: skippedIf(skipMigrations, "--skip-migrations"),
  },
  {
    name: "wiki",
    ...script("rebuild-wiki-definitions", lockTimeout, [
      "--target",
      "all",
      ...(isOffline ? ["--skip-fetch"] : []),
    ]),
    isRequired: false,
    timeout: wikiTimeout,
    skippedBy: skippedIf(skipWiki, "--skip-wiki"),
  },
  {
    name: "reparse",
    ...script("reparse-battle-reports", lockTimeout),
    isRequired: true,
    timeout: Option.none(),
    skippedBy: skippedIf(skipReparse, "--skip-reparse"),
  },
]
