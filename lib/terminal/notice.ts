import { styleText } from "node:util"
import * as Effect from "effect/Effect"
import { escapeControlsInLines } from "./control-characters.ts"
import { gitHubActions } from "./github-actions.ts"
import { wipeLine } from "./progress-bar.ts"
import { type Output, Streams } from "./streams.ts"

const colours = { error: "red", warning: "yellow" } as const

type Level = keyof typeof colours

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C")
}

function annotation(level: Level, message: string, title: string): string {
  const properties = title === "" ? "" : ` title=${escapeProperty(title)}`
  return `::${level}${properties}::${escapeData(message)}`
}

/** A message as it is printed; on a terminal it replaces a progress bar. */
export function noticeLine(prefix: string, text: string, isTerminal: boolean): string {
  return `${isTerminal ? wipeLine : ""}${prefix}${escapeControlsInLines(text)}\n`
}

const labelOn = (stream: Output, level: Level): string =>
  `${styleText(colours[level], `${level}:`, { stream })} `

// Bun's console would print all of it in red on a terminal.
const say = (text: string, level?: Level) =>
  Effect.map(Streams, ({ stderr }) => {
    const prefix = level === undefined ? "" : labelOn(stderr, level)
    stderr.write(noticeLine(prefix, text, stderr.isTTY === true))
  })

const notify = (level: Level) =>
  Effect.fnUntraced(function* (message: string, title = "") {
    const { running } = yield* Effect.orDie(gitHubActions)
    yield* running ? say(annotation(level, message, title)) : say(message, level)
  })

/** Says on standard error that something failed; under GitHub Actions, as an annotation. */
export const noticeError = notify("error")

/** Says on standard error that something needs attention but does not stop the run. */
export const noticeWarning = notify("warning")

/** Says something in passing, on standard error: standard output is for results only. */
export const note = (message: string): Effect.Effect<void> => say(message)
