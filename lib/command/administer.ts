import * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import type { Report } from "../terminal/report.ts"
import type { Mode } from "./flags.ts"
import { maintain } from "./maintain.ts"

/**
 * Runs a small administration command, whose verb (`list`, `add`, `remove`) is its intent: it
 * takes neither `--check` nor `--write`.
 */
export const administer = <E, R>(mode: Mode, work: Effect.Effect<Report, E, R>) =>
  maintain({ mode, exitCode: false, lockTimeout: Duration.seconds(60) }, () => work)
