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
  test("is either --check or --write", () => {
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
  test("is refused when both or neither are given", () => {
    expect(refusal({ ...flags, check: true, write: true })).toBe(
      "Use either --check or --write, not both.",
    )
    expect(refusal(flags)).toBe(
      "Refusing to write without explicit intent; pass --check or --write.",
    )
  })
  test("of a deletion asks for --force", () => {
    const deletion = { check: false, force: false, exitCode: false, lockTimeout: 60 }
    expect(refusal(deletion)).toBe(
      "Refusing to write without explicit intent; pass --check or --force.",
    )
    expect(refusal({ ...deletion, force: true })).toBe("accepted")
    expect(refusal({ ...deletion, check: true, force: true })).toContain("--check or --force")
  })
  test("takes --exit-code with a check only, and no negative lock timeout", () => {
    expect(refusal({ ...flags, write: true, exitCode: true })).toContain("--exit-code")
    expect(refusal({ ...flags, check: true, exitCode: true })).toBe("accepted")
    expect(refusal({ ...flags, write: true, lockTimeout: -1 })).toContain("--lock-timeout")
  })
})
