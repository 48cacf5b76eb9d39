import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import { platform } from "../../../lib/command/run-command.ts"
import { readPages } from "../../../lib/wiki/read-pages.ts"
import { livePages } from "../../../lib/wiki/source/live-pages.ts"
import { savedPages, savePages } from "../../../lib/wiki/source/saved-pages.ts"
import { fandomClient } from "../../support/fandom-client.ts"
import type { Faults } from "../../support/stand-in-wiki.ts"
import { bundledPages } from "../pages.ts"
import { demoPages, onStandInWiki } from "./on-stand-in-wiki.ts"

const on = onStandInWiki()

let folder = ""
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "whole-wiki-"))
})
afterEach(() => rm(folder, { recursive: true }))

const readSaved = (from: string) =>
  Effect.flatMap(savedPages(from), (source) => readPages(source, bundledPages, {})).pipe(
    Effect.provide(platform),
    Effect.runPromise,
  )

const fetchAll = () =>
  Effect.gen(function* () {
    const source = yield* savePages(yield* livePages, folder)
    return yield* readPages(source, bundledPages, {})
  }).pipe(Effect.provide(fandomClient(on.wiki)), Effect.provide(platform), Effect.runPromise)

describe("the whole wiki", () => {
  test.each<[string, Faults, { page: number; api: number }]>([
    ["page by page", {}, { page: 1, api: 0 }],
    ["through the API after status 403", { page: "forbidden" }, { page: 1, api: 1 }],
    ["through the API after a challenge", { page: "a challenge" }, { page: 1, api: 1 }],
  ])("the whole wiki fetched %s says what its saved pages say", async (_, faults, requests) => {
    for (const { title } of bundledPages) on.wiki.misbehave(title, faults)
    const fetched = await fetchAll()
    expect(fetched.problems).toEqual([])
    expect(fetched.pages).toHaveLength(bundledPages.length)
    expect(fetched).toEqual(await readSaved(demoPages))
    expect(fetched).toEqual(await readSaved(folder))
    for (const { title } of bundledPages) expect(on.wiki.requests(title)).toEqual(requests)
  })

  test("reading the whole wiki names each page that cannot be read, and why", async () => {
    on.wiki.misbehave("Golden_Bot", { page: "no table" })
    on.wiki.misbehave("Guardian", { page: "not found" })
    const { pages, problems } = await fetchAll()
    expect(pages).toHaveLength(bundledPages.length - 2)
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining("No table for bots on"),
      expect.stringContaining(
        "/wiki/Guardian could not be fetched: the server answered with status 404",
      ),
    ])
  })
})
