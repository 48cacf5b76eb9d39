import { describe, expect, test } from "bun:test"
import { readdirSync } from "node:fs"
import { resolve } from "node:path"
import { commandNames, runHere } from "../support/run-here.ts"
import { runScript } from "../support/scripts.ts"

test("every script is a command", () => {
  const scripts = readdirSync(resolve(import.meta.dir, "../../scripts"))
  expect(scripts.map((file) => file.replace(".ts", "")).toSorted()).toEqual([...commandNames])
})

describe.each([...commandNames])("%s --help", (command) => {
  test(`${command} --help describes the command and its flags, with an example`, async () => {
    const { exitCode, stdout, stderr } = await runScript(command, ["--help"])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
    expect(stdout).toContain("DESCRIPTION")
    expect(stdout).toContain("EXAMPLES")
    expect(stdout).toContain(`bun run ${command}`)
    const flags = stdout.split("\n").filter((line) => /^ {2}--/.test(line))
    for (const flag of flags) expect(flag).toMatch(/^ {2}--\S+.* {2,}\S/)
  })
  test(`${command} refuses an unknown flag`, async () => {
    const { exitCode, stdout, stderr } = await runHere(command, ["--no-such-flag"])
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" })
    expect(stderr).toContain("--no-such-flag")
    expect(stderr).toContain("--help")
  })
})

describe.each([
  ["players", "list"],
  ["players", "add"],
  ["patch-boundaries", "list"],
  ["patch-boundaries", "add"],
  ["patch-boundaries", "remove"],
] as const)("%s %s --help", (command, verb) => {
  test(`${command} ${verb} --help has an example`, async () => {
    const { stdout } = await runHere(command, [verb, "--help"])
    expect(stdout).toContain(`bun run ${command} ${verb}`)
  })
})
