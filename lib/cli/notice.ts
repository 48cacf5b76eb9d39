import * as Effect from "effect/Effect"
import { gitHubActions } from "./environment.ts"
import { wipeLine } from "./progress.ts"
import { visibleLines } from "./visible.ts"

const annotation = (level: "error" | "warning", message: string): string =>
  `::${level}::${message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")}`

/** A message as it is written: on a terminal it takes the place of a bar that is drawn there. */
export const noticeLine = (text: string, isTerminal: boolean): string =>
  `${isTerminal ? wipeLine : ""}${visibleLines(text)}\n`

// Bun's console paints standard error red on a terminal; messages choose their own colour.
const say = (text: string) =>
  Effect.sync(() => void process.stderr.write(noticeLine(text, process.stderr.isTTY)))

const notify = (level: "error" | "warning") =>
  Effect.fnUntraced(function* (message: string) {
    const { running } = yield* Effect.orDie(gitHubActions)
    yield* say(running ? annotation(level, message) : `${level}: ${message}`)
  })

/** Says on standard error that something failed; an annotation under GitHub Actions. */
export const noticeError = notify("error")

/** Says on standard error that something needs attention but does not stop the run. */
export const noticeWarning = notify("warning")

/** Says something in passing on standard error, so that standard output stays results only. */
export const note = (message: string): Effect.Effect<void> => say(message)
