import * as Config from "effect/Config"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { UsageError } from "../terminal/exit.ts"

/** What the environment says about a deploy's wiki step. */
export interface DeploySettings {
  /** Rebuild from the stored rows, without asking the wiki. */
  readonly isOffline: boolean
  /** How long the wiki step may take; none means as long as it likes. */
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

/** Reads the settings from the environment, all of them before anything is run. */
export const deploySettings = Config.all({ isOffline, wikiTimeout }).pipe(
  Effect.mapError(
    () =>
      new UsageError({
        message: `${timeoutVariable} takes a whole number of seconds, and 0 or less for no limit; nothing has been run.`,
      }),
  ),
)
