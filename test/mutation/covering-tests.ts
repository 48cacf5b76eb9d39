import { readdirSync } from "node:fs"
import { join } from "node:path"
import { importsOf } from "../support/imports.ts"

/** The tests that reach files of `lib/`, by how many imports are in between. */
export interface CoveringTests {
  /** The paths of the tests that reach a file, nearest first. */
  readonly of: (file: string) => readonly string[]
}

/** Follows the imports of all tests of a checkout; a test that runs scripts reaches all of them. */
export const findCoveringTests = (project: string): CoveringTests => {
  const listed = (folder: string) =>
    readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(project, folder, name))
  const scripts = listed("scripts")
  const runsScripts = join(project, "test/support/scripts.ts")
  const imports = new Map<string, readonly string[]>()
  const reached = (file: string): readonly string[] => {
    const known = imports.get(file)
    if (known !== undefined) return known
    const found = file === runsScripts ? [...importsOf(file), ...scripts] : importsOf(file)
    imports.set(file, found)
    return found
  }
  const distances = (test: string): ReadonlyMap<string, number> => {
    const distance = new Map([[test, 0]])
    for (const [file, steps] of distance)
      for (const next of reached(file)) if (!distance.has(next)) distance.set(next, steps + 1)
    return distance
  }
  const tests = listed("test")
    .filter((file) => file.endsWith(".test.ts"))
    .map((test) => ({ test, distance: distances(test) }))
  return {
    of: (file) =>
      tests
        .flatMap(({ test, distance }) => {
          const steps = distance.get(file)
          return steps === undefined ? [] : [{ test, steps }]
        })
        .toSorted((a, b) => a.steps - b.steps || a.test.localeCompare(b.test))
        .map(({ test }) => test),
  }
}
