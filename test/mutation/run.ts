/**
 * `bun run mutation [--count N] [--seed N] [--skip N] [--in FOLDER] [--tests N]`: puts small faults
 * one by one into a copy of `lib/` and runs the tests that reach each, nearest first, but for the
 * long ones of faults and properties. A fault that no test notices survives: a test is missing, or
 * the code does not matter.
 *
 * The same seed makes the same faults, of which `--skip` leaves out the first ones, as for a run in
 * parts. `--tests` is how many test files to try at the most.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative, resolve } from "node:path"
import { parseArgs } from "node:util"
import { findCoveringTests } from "./covering-tests.ts"
import { describeFault, type Fault, faultsIn, withFault } from "./faults.ts"

const { values: flags } = parseArgs({
  options: {
    count: { type: "string", default: "50" },
    seed: { type: "string", default: "1" },
    skip: { type: "string", default: "0" },
    in: { type: "string", default: "lib" },
    tests: { type: "string" },
  },
})

// Seconds; a fault that makes a loop endless is noticed by the time limit.
const limit = 120
const groupSize = 4

const checkout = resolve(import.meta.dir, "../..")
const copy = mkdtempSync(join(tmpdir(), "towerstats-mutation-"))

const isLong = (test: string): boolean => /\/test\/(?:faults|properties)\//.test(test)

/** A number from 0 to 1 that depends on the seed and on the text alone. */
const chance = (text: string): number =>
  Number(Bun.hash(`${flags.seed} ${text}`) % 1_000_003n) / 1_000_003

interface Candidate {
  readonly file: string
  readonly text: string
  readonly fault: Fault
}

/** At the most one fault of each kind and file, in an order that the seed decides. */
const chooseFaults = async (): Promise<readonly Candidate[]> => {
  const files = readdirSync(join(copy, flags.in), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(copy, flags.in, name))
  const all = await Promise.all(
    files.map(async (file) => {
      const text = await Bun.file(file).text()
      return faultsIn(text).map((fault) => ({
        ...{ file, text, fault },
        order: chance(`${relative(copy, file)} ${fault.start} ${fault.after}`),
      }))
    }),
  )
  const seen = new Set<string>()
  return all
    .flat()
    .toSorted((a, b) => a.order - b.order)
    .filter(({ file, fault }) => {
      const kind = `${file} ${fault.after}`
      return !seen.has(kind) && seen.add(kind)
    })
    .slice(Number(flags.skip), Number(flags.skip) + Number(flags.count))
}

const pass = async (tests: readonly string[]): Promise<boolean> => {
  const child = Bun.spawn([process.execPath, "test", "--bail", ...tests], {
    cwd: copy,
    stdin: "ignore",
    stdout: "ignore",
    stderr: "ignore",
    timeout: limit * 1000,
    killSignal: "SIGKILL",
  })
  return (await child.exited) === 0
}

/** Groups of tests to run together, the nearest first: few faults survive those. */
const inGroups = (tests: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(tests.length / groupSize) }, (_, index) =>
    tests.slice(index * groupSize, (index + 1) * groupSize),
  )

const passedWithoutFault = new Map<string, boolean>()

/** Whether a group of tests notices a fault: it passes without, and not with it. */
const notices = async (
  group: readonly string[],
  { file, text, fault }: Candidate,
): Promise<boolean> => {
  await Bun.write(file, withFault(text, fault))
  const passes = await pass(group)
  await Bun.write(file, text)
  if (passes) return false
  const key = group.join()
  const isSound = passedWithoutFault.get(key) ?? (await pass(group))
  passedWithoutFault.set(key, isSound)
  if (!isSound) process.stderr.write(`these fail without a fault: ${group.join(" ")}\n`)
  return isSound
}

try {
  for (const name of readdirSync(checkout))
    if (!["node_modules", ".git", ".towerstats"].includes(name))
      cpSync(join(checkout, name), join(copy, name), { recursive: true })
  symlinkSync(join(checkout, "node_modules"), join(copy, "node_modules"))
  const covering = findCoveringTests(copy)
  let killed = 0
  const chosen = await chooseFaults()
  for (const candidate of chosen) {
    const { file, text, fault } = candidate
    let isKilled = false
    const tests = covering
      .of(file)
      .filter((test) => !isLong(test))
      .slice(0, flags.tests === undefined ? undefined : Number(flags.tests))
    for (const group of inGroups(tests)) isKilled = isKilled || (await notices(group, candidate))
    if (isKilled) killed += 1
    const place = `${relative(copy, file)}:${describeFault(text, fault)}`
    process.stdout.write(`${isKilled ? "killed  " : "survived"} ${place}\n`)
  }
  process.stdout.write(`${killed} of ${chosen.length} killed\n`)
} finally {
  rmSync(copy, { recursive: true, force: true })
}
