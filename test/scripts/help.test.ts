import { describe, expect, test } from "bun:test"
import { readdirSync } from "node:fs"
import { resolve } from "node:path"
import { runScript } from "../support/scripts.ts"

const commands = readdirSync(resolve(import.meta.dir, "../../scripts")).map((file) =>
  file.replace(".ts", ""),
)

describe.each(commands)("%s --help", (command) => {
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
    const { exitCode, stdout, stderr } = await runScript(command, ["--no-such-flag"])
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
])("%s %s --help", (command, verb) => {
  test(`${command} ${verb} --help has an example`, async () => {
    const { stdout } = await runScript(command, [verb, "--help"])
    expect(stdout).toContain(`bun run ${command} ${verb}`)
  })
})
