import * as Config from "effect/Config"
import * as Option from "effect/Option"

const text = (name: string) => Config.option(Config.NonEmptyString(name))

/** Where output goes when GitHub Actions runs the command; `none` anywhere else. */
export const gitHubActions = Config.all({
  running: text("GITHUB_ACTIONS"),
  stepSummary: text("GITHUB_STEP_SUMMARY"),
}).pipe(
  Config.map(({ running, stepSummary }) => ({
    running: Option.contains(running, "true"),
    stepSummary,
  })),
)
