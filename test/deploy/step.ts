import { resolve } from "node:path"
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import type { Step } from "../../lib/deploy/steps.ts"

/** A step that runs one of the stand-in scripts of `fixtures`. */
export const step = (
  name: string,
  fixture: "say" | "stall" | "hold-transaction" | "show-run",
  parameters: readonly string[],
  choices: {
    readonly optional?: boolean
    readonly seconds?: number
    readonly skippedBy?: string
  } = {},
): Step => ({
  name,
  command: process.execPath,
  arguments: [resolve(import.meta.dir, `fixtures/${fixture}.ts`), ...parameters],
  isRequired: choices.optional !== true,
  timeout: Option.map(Option.fromUndefinedOr(choices.seconds), (seconds) =>
    Duration.seconds(seconds),
  ),
  skippedBy: Option.fromUndefinedOr(choices.skippedBy),
})
