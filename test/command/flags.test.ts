import { describe, expect, test } from "bun:test"
import * as Duration from "effect/Duration"
import * as Result from "effect/Result"
import { parseIntent } from "../../lib/command/flags.ts"

const flags = { check: false, write: false, exitCode: false, lockTimeout: 60 }

const refusal = (given: Parameters<typeof parseIntent>[0]): string =>
  Result.match(parseIntent(given), {
    onSuccess: () => "accepted",
    onFailure: ({ message }) => message,
  })

describe("a writing command's intent", () => {
  test("a writing command takes either --check or --write", () => {
    expect(parseIntent({ ...flags, check: true })).toEqual(
      Result.succeed({
        mode: "check",
        reportedAs: "check",
        exitCode: false,
        lockTimeout: Duration.seconds(60),
      }),
    )
    expect(parseIntent({ ...flags, write: true, lockTimeout: 5 })).toEqual(
      Result.succeed({
        mode: "write",
        reportedAs: "write",
        exitCode: false,
        lockTimeout: Duration.seconds(5),
      }),
    )
  })
  test("a writing command is refused with both --check and --write, or neither", () => {
    expect(refusal({ ...flags, check: true, write: true })).toBe(
      "Use either --check or --write, not both.",
    )
    expect(refusal(flags)).toBe(
      "Refusing to write without explicit intent; pass --check or --write.",
    )
  })
  test("a deletion asks for --force", () => {
    const deletion = { check: false, force: false, exitCode: false, lockTimeout: 60 }
    expect(refusal(deletion)).toBe(
      "Refusing to write without explicit intent; pass --check or --force.",
    )
    expect(refusal({ ...deletion, force: true })).toBe("accepted")
    expect(refusal({ ...deletion, check: true, force: true })).toContain("--check or --force")
  })
  test("--exit-code goes with --check only, and a lock timeout is not negative", () => {
    expect(refusal({ ...flags, write: true, exitCode: true })).toContain("--exit-code")
    expect(refusal({ ...flags, check: true, exitCode: true })).toBe("accepted")
    expect(refusal({ ...flags, write: true, lockTimeout: -1 })).toContain("--lock-timeout")
  })
})
