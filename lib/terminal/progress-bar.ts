import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

/** Adds to the count of what is done. */
export type Advance = (count: number) => Effect.Effect<void>

// A person sees movement; a log gets a line now and then. Neither sees anything of short work.
const quietMillis = 1_000
const redrawMillis = 100
const lineMillis = 5_000

/** Empties the terminal's line, on which a progress bar may be. */
export const wipeLine = "\r\u001b[2K"

const number = new Intl.NumberFormat("en-US")

/**
 * The progress of some work as text: with a bar that fills up what a terminal of `width` columns
 * leaves free, without one where `width` is null.
 */
export const renderProgress = (
  label: string,
  done: number,
  total: number | null,
  seconds: number,
  width: number | null,
): string => {
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
 * Shows on standard error how far long work has come: a progress bar on a terminal, elsewhere a line every
 * few seconds. `total` is the number of things to do, or null if nobody knows.
 */
export const withProgress = <A, E, R>(
  label: string,
  total: number | null,
  work: (advance: Advance) => Effect.Effect<A, E, R>,
): Effect.Effect<A, E, R> =>
  Effect.gen(function* () {
    const isTerminal = process.stderr.isTTY
    const start = yield* Clock.currentTimeMillis
    let done = 0
    let due = start + quietMillis
    let isDrawn = false
    const show = (now: number) => {
      const width = (process.stderr.columns ?? 80) - 1
      const text = renderProgress(
        label,
        done,
        total,
        (now - start) / 1000,
        isTerminal ? width : null,
      )
      process.stderr.write(isTerminal ? `${wipeLine}${text}` : `${text}\n`)
      isDrawn = isTerminal
      due = now + (isTerminal ? redrawMillis : lineMillis)
    }
    const advance: Advance = (count) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        done += count
        if (now >= due) show(now)
      })
    const wipe = Effect.sync(() => {
      if (isDrawn) process.stderr.write(wipeLine)
    })
    return yield* Effect.ensuring(work(advance), wipe)
  })
