import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { Streams } from "./streams.ts"

/** Adds to the count of what is done. */
export type Advance = (count: number) => Effect.Effect<void>

// A terminal is redrawn often, a log gets a line now and then, and short work shows nothing.
const quietMillis = 1_000
const redrawMillis = 100
const lineMillis = 5_000

/** Clears the terminal's current line, which may hold a progress bar. */
export const wipeLine = "\r\u001b[2K"

const number = new Intl.NumberFormat("en-US")

/**
 * Progress as text: with a bar that fits a terminal of `width` columns, or without one if `width` is
 * null.
 */
export function renderProgress(
  label: string,
  done: number,
  total: number | null,
  seconds: number,
  width: number | null,
): string {
  const perSecond = seconds > 0 ? Math.round(done / seconds) : 0
  const rate = perSecond > 0 ? ` ${number.format(perSecond)}/s` : ""
  const end = width ?? undefined
  if (total === null || total === 0) return `${label} ${number.format(done)}${rate}`.slice(0, end)
  const share = Math.min(1, done / total)
  const facts = ` ${Math.floor(share * 100)}% ${number.format(done)}/${number.format(total)}${rate}`
  const room = (width ?? 0) - label.length - facts.length - 3
  const filled = Math.round(share * Math.min(room, 40))
  const bar = room < 8 ? "" : ` [${"#".repeat(filled)}${"-".repeat(Math.min(room, 40) - filled)}]`
  return `${label}${bar}${facts}`.slice(0, end)
}

/**
 * Shows the progress of long work on standard error: as a bar on a terminal, elsewhere as a line every
 * few seconds. `total` is how many things there are to do, or null if that is unknown.
 */
export const withProgress = <A, E, R>(
  label: string,
  total: number | null,
  work: (advance: Advance) => Effect.Effect<A, E, R>,
): Effect.Effect<A, E, R> =>
  Effect.gen(function* () {
    const { stderr } = yield* Streams
    const isTerminal = stderr.isTTY === true
    const start = yield* Clock.currentTimeMillis
    let done = 0
    let due = start + quietMillis
    let isDrawn = false
    const show = (now: number) => {
      const width = (stderr.columns ?? 80) - 1
      const text = renderProgress(
        label,
        done,
        total,
        (now - start) / 1000,
        isTerminal ? width : null,
      )
      stderr.write(isTerminal ? `${wipeLine}${text}` : `${text}\n`)
      isDrawn = isTerminal
      due = now + (isTerminal ? redrawMillis : lineMillis)
    }
    const advance: Advance = (count) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        done += count
        if (now >= due) show(now)
      })
    const wipe = Effect.sync(() => {
      if (isDrawn) stderr.write(wipeLine)
    })
    return yield* Effect.ensuring(work(advance), wipe)
  })
