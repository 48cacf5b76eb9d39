import { beforeAll, beforeEach, describe, expect, test } from "bun:test"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { readFile, rm, writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import * as Schema from "effect/Schema"
import project from "../../package.json" with { type: "json" }
import railwayCron from "../../railway.cron.json" with { type: "json" }
import railway from "../../railway.json" with { type: "json" }
import { folderOfEachTest } from "../support/folders.ts"
import { commandNames, runHere } from "../support/run-here.ts"

const root = resolve(import.meta.dir, "../..")
const folder = resolve(root, ".github/workflows")

const Step = Schema.Struct({
  name: Schema.optionalKey(Schema.String),
  uses: Schema.optionalKey(Schema.String),
  run: Schema.optionalKey(Schema.String),
})
const Workflow = Schema.Struct({
  permissions: Schema.Record(Schema.String, Schema.String),
  concurrency: Schema.Struct({ group: Schema.String, "cancel-in-progress": Schema.Boolean }),
  jobs: Schema.Record(
    Schema.String,
    Schema.Struct({
      "timeout-minutes": Schema.Int,
      permissions: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
      steps: Schema.Array(Step),
    }),
  ),
})

const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(resolve(folder, name), "utf8")
  return { name, text, workflow: Schema.decodeUnknownSync(Workflow)(Bun.YAML.parse(text)) }
})
const stepsOf = (workflow: typeof Workflow.Type) =>
  Object.values(workflow.jobs).flatMap(({ steps }) => steps)

/** Every job with permissions of its own, and what it may do. */
const widened: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  publish: { actions: "read", contents: "write" },
  tell: { issues: "write" },
}

describe.each(workflows)("the workflow $name", ({ name, text, workflow }) => {
  test(`${name} may only read, but for the jobs that publish and write issues, and runs for a limited time`, () => {
    expect(workflow.permissions).toEqual({ contents: "read" })
    for (const [id, job] of Object.entries(workflow.jobs)) {
      expect(job.permissions).toEqual(widened[id])
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(120)
    }
  })
  test(`a job of ${name} that may write runs no action`, () => {
    for (const job of Object.values(workflow.jobs))
      if (job.permissions !== undefined)
        expect(job.steps.map(({ uses }) => uses)).toEqual([undefined])
  })
  test(`${name} uses actions by their full commit, with the version beside it`, () => {
    for (const line of text.split("\n").filter((line) => line.includes("uses:")))
      expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })
  test(`${name} passes inputs and secrets through the environment, never into a script's text`, () => {
    for (const { run = "" } of stepsOf(workflow)) expect(run).not.toContain("${{")
  })
})

describe("the commands that Railway and the workflows run", () => {
  const texts = [
    ...railway.deploy.preDeployCommand,
    railway.deploy.startCommand,
    railwayCron.deploy.startCommand,
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
    for (const name of commandNames) help.set(name, (await runHere(name, ["--help"])).stdout)
  }, 60_000)

  test("every command of the workflows and of Railway exists", () => {
    expect(commands.length).toBeGreaterThan(6)
    for (const { name } of commands) {
      expect(existsSync(resolve(root, `scripts/${name}.ts`))).toBe(true)
      expect(Object.keys(project.scripts)).toContain(name)
    }
  })
  test.each(commands)("a command has every flag that it is given in: $line", ({ name, flags }) => {
    for (const flag of flags) expect(help.get(name)).toContain(`${flag} `)
  })
})

test("Railway is told which Bun to use", () => {
  expect(project.packageManager).toMatch(/^bun@\d+\.\d+\.\d+$/)
})

/** A `gh` that keeps issues in a file, as far as the workflow needs it. */
const fakeGh = `#!/usr/bin/env bash
set -euo pipefail
echo "$1 $2" >> "$FAKE_GH/calls"
case "$1 $2" in
  "issue list") [ "$*" = "issue list --label wiki-drift --state open --limit 1 --json number --jq .[0].number // empty" ]
    [ ! -e "$FAKE_GH/open" ] || cat "$FAKE_GH/open" ;;
  "label create") ;;
  "issue create") [ ! -e "$FAKE_GH/open" ]; echo 7 > "$FAKE_GH/open"; cat > "$FAKE_GH/body" ;;
  "issue comment") [ "$3" = "$(cat "$FAKE_GH/open")" ]; cat > "$FAKE_GH/comment" ;;
  "issue close") [ "$3" = "$(cat "$FAKE_GH/open")" ]; rm "$FAKE_GH/open" ;;
  *) exit 64 ;;
esac
`

describe("the issue about the wiki", () => {
  const script = workflows
    .flatMap(({ workflow }) => stepsOf(workflow))
    .find(({ name }) => name === "Open, comment on or close the issue")?.run
  const home = folderOfEachTest()
  beforeEach(() => writeFile(join(home(), "gh"), fakeGh, { mode: 0o755 }))

  const tell = async (result: string, report: string) => {
    await rm(join(home(), "calls"), { force: true })
    const child = Bun.spawn(["bash", "-e", "-c", script ?? "exit 64"], {
      env: {
        PATH: `${home()}:${process.env.PATH}`,
        FAKE_GH: home(),
        RESULT: result,
        REPORT: report,
        RUN_URL: "https://github.test/runs/1",
      },
    })
    expect(await child.exited).toBe(0)
    return (await readFile(join(home(), "calls"), "utf8")).trim().split("\n")
  }
  const text = (name: string) => readFile(join(home(), name), "utf8")

  test("a run that fails opens an issue that says what is wrong and where to look", async () => {
    expect(await tell("failure", "    $(touch no) is not a value")).toEqual([
      "issue list",
      "label create",
      "issue create",
    ])
    const body = await text("body")
    expect(body).toContain("https://github.test/runs/1\n\n    $(touch no) is not a value\n")
  })

  test("the next run that fails comments on the issue and opens no second one", async () => {
    await tell("failure", "    the first")
    expect(await tell("failure", "    the second")).toEqual(["issue list", "issue comment"])
    expect(await text("comment")).toContain("\n    the second\n")
  })

  test("a run that succeeds closes the issue, and a later failure opens a new one", async () => {
    await tell("failure", "    the first")
    expect(await tell("success", "")).toEqual(["issue list", "issue close"])
    expect(await tell("success", "")).toEqual(["issue list"])
    expect(await tell("failure", "")).toEqual(["issue list", "label create", "issue create"])
    expect(await text("body")).toContain("The run failed before it could say what is wrong")
  })
})

/** A `gh` that gives the exported definitions of a folder. */
const giveExport = `#!/usr/bin/env bash
set -euo pipefail
case "$1 $2" in
  "run download") cp -R "$FAKE_EXPORT" "\${*: -1}" ;;
  "auth setup-git") ;;
  *) exit 64 ;;
esac
`

describe("the branch of published definitions", () => {
  const script = workflows
    .flatMap(({ workflow }) => stepsOf(workflow))
    .find(({ name }) => name?.startsWith("Commit the definitions"))?.run
  const folder = folderOfEachTest()

  const git = (...args: readonly string[]) => {
    const { stdout, exitCode } = Bun.spawnSync(["git", "-C", join(folder(), "repository"), ...args])
    expect(exitCode).toBe(0)
    return stdout.toString().trim()
  }
  const publish = async (message: string, files: Readonly<Record<string, string>>) => {
    const exported = join(folder(), "exported")
    await rm(exported, { recursive: true, force: true })
    await Bun.write(join(exported, "message.txt"), message)
    for (const [path, text] of Object.entries(files))
      await Bun.write(join(exported, "data", path), text)
    const child = Bun.spawn(["bash", "-e", "-c", script ?? "exit 64"], {
      env: {
        PATH: `${folder()}:${process.env.PATH}`,
        HOME: folder(),
        FAKE_EXPORT: exported,
        GITHUB_RUN_ID: "1",
        GITHUB_SERVER_URL: `file://${folder()}`,
        GITHUB_REPOSITORY: "repository",
      },
      stdout: "ignore",
      stderr: "ignore",
    })
    expect(await child.exited).toBe(0)
  }
  beforeEach(async () => {
    await writeFile(join(folder(), "gh"), giveExport, { mode: 0o755 })
    Bun.spawnSync(["git", "init", "--quiet", "--bare", join(folder(), "repository")])
  })

  test("the first export makes the branch, and an equal one leaves it alone", async () => {
    await publish("the first", { "index.json": "1", "schemas/index.schema.json": "{}" })
    await publish("the same", { "index.json": "1", "schemas/index.schema.json": "{}" })
    expect(git("log", "--format=%s", "data")).toBe("the first")
  })

  test("a change is one commit with its message, and a file that is gone leaves the branch", async () => {
    await publish("the first", { "index.json": "1", "relics.json": "1" })
    await publish("the second", { "index.json": "2" })
    expect(git("log", "--format=%s", "data")).toBe("the second\nthe first")
    expect(git("ls-tree", "-r", "--name-only", "data")).toBe("index.json")
  })
})
