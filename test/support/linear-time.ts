import { expect } from "bun:test"
import { isLongRun } from "./long-run.ts"

/** Only the long run's texts leave so much that collecting it is noticed; after shorter ones it takes longer than the work. */
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
  const measure = () => ({
    whole: processorTime(() => work(whole)),
    parts: processorTime(() => {
      for (let count = 0; count < parts; count++) work(part)
    }),
  })
  // One long text takes about as long as its parts; were time quadratic, eight times as long.
  const limitOf = (partsTime: number) => 4 * partsTime + 20
  let taken = measure()
  // The first time may include compiling the code: what looks slow is measured once more.
  if (taken.whole >= limitOf(taken.parts)) {
    const again = measure()
    taken = {
      whole: Math.min(taken.whole, again.whole),
      parts: Math.min(taken.parts, again.parts),
    }
  }
  // Collecting what a long text has left would otherwise be a part of the tests that follow.
  sweep()
  expect(taken.whole).toBeLessThan(limitOf(taken.parts))
}
