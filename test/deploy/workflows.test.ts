import { beforeAll, describe, expect, test } from "bun:test"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { resolve } from "node:path"
import * as Schema from "effect/Schema"
import project from "../../package.json" with { type: "json" }
import railway from "../../railway.json" with { type: "json" }
import { runScript } from "../support/scripts.ts"

const root = resolve(import.meta.dir, "../..")
const folder = resolve(root, ".github/workflows")

const Step = Schema.Struct({
  uses: Schema.optionalKey(Schema.String),
  run: Schema.optionalKey(Schema.String),
})
const Workflow = Schema.Struct({
  permissions: Schema.Record(Schema.String, Schema.String),
  concurrency: Schema.Struct({ group: Schema.String, "cancel-in-progress": Schema.Boolean }),
  jobs: Schema.Record(
    Schema.String,
    Schema.Struct({ "timeout-minutes": Schema.Int, steps: Schema.Array(Step) }),
  ),
})

const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(resolve(folder, name), "utf8")
  return { name, text, workflow: Schema.decodeUnknownSync(Workflow)(Bun.YAML.parse(text)) }
})
const stepsOf = (workflow: typeof Workflow.Type) =>
  Object.values(workflow.jobs).flatMap(({ steps }) => steps)

describe.each(workflows)("the workflow $name", ({ text, workflow }) => {
  test("may only read, and runs for a limited time", () => {
    expect(workflow.permissions).toEqual({ contents: "read" })
    for (const job of Object.values(workflow.jobs))
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(120)
  })
  test("uses actions by their full commit, with the version beside it", () => {
    for (const line of text.split("\n").filter((line) => line.includes("uses:")))
      expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })
  test("passes inputs and secrets through the environment, never into a script's text", () => {
    for (const { run = "" } of stepsOf(workflow)) expect(run).not.toContain("${{")
  })
})

describe("the commands that Railway and the workflows run", () => {
  const texts = [
    ...railway.deploy.preDeployCommand,
    railway.deploy.startCommand,
    ...workflows.flatMap(({ workflow }) => stepsOf(workflow).map(({ run = "" }) => run)),
  ]
  const commands = texts.flatMap((text) =>
    [...text.matchAll(/bun (?:run |scripts\/)([a-z-]+)(?:\.ts)?(.*)/g)].map(
      ([line, name = "", rest = ""]) => ({
        line,
        name,
        flags: [...rest.matchAll(/--[a-z-]+/g)].map(([flag]) => flag),
      }),
    ),
  )
  const help = new Map<string, string>()
  beforeAll(async () => {
    for (const name of new Set(commands.map(({ name }) => name)))
      help.set(name, (await runScript(name, ["--help"])).stdout)
  }, 60_000)

  test("are there", () => {
    expect(commands.length).toBeGreaterThan(6)
    for (const { name } of commands) {
      expect(existsSync(resolve(root, `scripts/${name}.ts`))).toBe(true)
      expect(Object.keys(project.scripts)).toContain(name)
    }
  })
  test.each(commands)("know every flag of: $line", ({ name, flags }) => {
    for (const flag of flags) expect(help.get(name)).toContain(`${flag} `)
  })
})

test("Railway is told which Bun to use", () => {
  expect(project.packageManager).toMatch(/^bun@\d+\.\d+\.\d+$/)
})
