import { isDigit } from "../characters.ts"
import { largestInteger } from "./decimal.ts"

/** Seconds in each unit, in the only order in which the units may follow each other. */
const units = [
  { letter: "d", seconds: 86_400 },
  { letter: "h", seconds: 3_600 },
  { letter: "m", seconds: 60 },
  { letter: "s", seconds: 1 },
] as const

const space = 32

/** Longer texts are no durations. */
const longestDuration = 40

/**
 * Reads a duration as whole seconds: `2d 0h 25m 20s` (any of the units, single spaces optional),
 * `00:12:34`, `12:34` (minutes and seconds), or a bare number of seconds. `null` for anything else
 * and for more seconds than a database `integer` holds.
 */
export function readDuration(text: string): number | null {
  if (text.length > longestDuration) return null
  const seconds = text.includes(":") ? clockSeconds(text) : unitSeconds(text)
  return seconds !== null && seconds <= largestInteger ? seconds : null
}

function clockSeconds(text: string): number | null {
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/.exec(text)
  if (clock === null) return null
  const hours = Number(clock[1] ?? 0)
  const minutes = Number(clock[2])
  const seconds = Number(clock[3])
  return minutes < 60 && seconds < 60 ? hours * 3_600 + minutes * 60 + seconds : null
}

function unitSeconds(text: string): number | null {
  let total = 0
  let nextUnit = 0
  let at = 0
  while (at < text.length) {
    const start = at
    while (isDigit(text.charCodeAt(at))) at++
    if (at === start) return null
    const amount = Number(text.slice(start, at))
    if (start === 0 && at === text.length) return amount
    const letter = text.charAt(at).toLowerCase()
    const unit = units.findIndex((candidate) => candidate.letter === letter)
    if (unit < nextUnit) return null
    total += amount * (units[unit]?.seconds ?? 0)
    nextUnit = unit + 1
    at++
    if (text.charCodeAt(at) === space) at++
  }
  return nextUnit > 0 ? total : null
}
