import { expect, test } from "bun:test"
import { readdirSync } from "node:fs"
import { join, relative } from "node:path"
import { importsOf } from "./support/imports.ts"

const lib = join(import.meta.dir, "../lib")

/** The folders of `lib/`, and its files, from the bottom up: each imports only from those before it. */
const layers = [
  "replace-file.ts",
  "terminal",
  "database",
  "wiki",
  "player-state",
  "battle-reports",
  "definitions",
  "adoption",
  "command",
  "deploy",
  "status.ts",
  "report",
  "demo",
]

const files = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
)

const importsWithin = (file: string): readonly string[] =>
  importsOf(join(lib, file)).map((imported) => relative(lib, imported))

const layerOf = (file: string): number => layers.indexOf(file.split("/")[0] ?? "")

test("no import in lib runs upwards between its folders", () => {
  const upwards: string[] = []
  for (const file of files) {
    expect(layerOf(file)).toBeGreaterThanOrEqual(0)
    for (const imported of importsWithin(file))
      if (layerOf(imported) > layerOf(file)) upwards.push(`${file} imports ${imported}`)
  }
  expect(upwards).toEqual([])
})

test("no imports in lib run in a circle", () => {
  const imports = new Map(files.map((file) => [file, importsWithin(file)]))
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) throw new Error([...path, file].join(" -> "))
    if (done.has(file)) return
    for (const imported of imports.get(file) ?? []) visit(imported, [...path, file])
    done.add(file)
  }
  for (const file of files) expect(() => visit(file, [])).not.toThrow()
})
