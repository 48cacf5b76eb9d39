import { expect, test } from "bun:test"
import * as Result from "effect/Result"
import { patchWindow } from "../../lib/battle-reports/patches.ts"

const boundaries = [
  { date: "2026-01-10", label: "2026-03-30" },
  { date: "2026-03-30", label: "v28" },
  { date: "2026-06-01", label: "" },
]
const windowOf = (patch: string) => Result.getOrNull(patchWindow(boundaries, patch))

test("a patch reaches from its boundary to the next one, the last one for ever", () => {
  expect(windowOf(" V28 ")).toEqual({ from: "2026-03-30", until: "2026-06-01" })
  expect(windowOf("2026-06-01")).toEqual({ from: "2026-06-01", until: null })
})

test("a date names the boundary of that day, whatever another one is labelled", () => {
  expect(windowOf("2026-03-30")).toEqual({ from: "2026-03-30", until: "2026-06-01" })
})

test("an unknown patch is refused with those there are, and no label is no name", () => {
  expect(windowOf("")).toBeNull()
  const { message } = Result.getOrThrow(Result.flip(patchWindow(boundaries, "v27")))
  expect(message).toContain("v28 (2026-03-30), 2026-06-01")
})
