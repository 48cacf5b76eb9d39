import { expect } from "bun:test"
import { isLongRun } from "./long-run.ts"

/** Only the long run's texts leave so much that collecting it is noticed; sweeping takes longer than the others. */
const sweep = () => {
  if (isLongRun) Bun.gc(true)
}

/** Processor time in milliseconds: other processes on the machine do not count. */
function processorTime(work: () => void): number {
  sweep()
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const parts = 8

/** Expects the time that work on a text takes to grow linearly with its length, up to `limit`. */
export function expectLinearTime(
  textOf: (length: number) => string,
  limit: number,
  work: (text: string) => void,
): void {
  const [whole, part] = [textOf(limit), textOf(Math.floor(limit / parts))]
  let wholeTime = Number.POSITIVE_INFINITY
  let partsTime = Number.POSITIVE_INFINITY
  for (let round = 0; round < 2; round++) {
    wholeTime = Math.min(
      wholeTime,
      processorTime(() => work(whole)),
    )
    partsTime = Math.min(
      partsTime,
      processorTime(() => {
        for (let count = 0; count < parts; count++) work(part)
      }),
    )
  }
  // Collecting what a long text has left would otherwise be a part of the tests that follow.
  sweep()
  // One long text takes about as long as its parts; were time quadratic, eight times as long.
  expect(wholeTime).toBeLessThan(4 * partsTime + 20)
}
