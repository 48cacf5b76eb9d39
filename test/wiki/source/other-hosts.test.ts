import { describe, expect, test } from "bun:test"
import { customPage } from "../../../lib/wiki/custom-page.ts"
import { goldenBot, named, onStandInWiki } from "./on-stand-in-wiki.ts"

const on = onStandInWiki()

/** The same page at the stand-in's own address, as `--url` would name it. */
const elsewhere = () => customPage(new URL(on.wiki.addressOf("Golden_Bot")), "bots")

describe("a page of any other host", () => {
  test("a page of any other host is what the host serves", async () => {
    expect(await on.fetchPage(elsewhere())).toEqual(await on.fetchPage(goldenBot))
  })

  test.each(
    named([
      {
        faults: { page: "forbidden" },
        error: "UnexpectedStatus",
        says: "status 403 (1 attempt). Open the address in a browser, save the page",
        page: 1,
      },
      {
        faults: { page: "a challenge" },
        error: "ChallengeAnswered",
        says: "a challenge or another page without the wiki's content (mw-parser-output) came instead",
        page: 1,
      },
      {
        faults: { page: "a challenge with status 503" },
        error: "UnexpectedStatus",
        says: "status 503 (4 attempts). Run again later",
        page: 4,
      },
      {
        faults: { page: "redirects to another host" },
        error: "RedirectRefused",
        says: "which is another host (1 attempt)",
        page: 1,
      },
    ]),
  )("fails for %s and asks no API, as %s", async (_faults, _error, expected) => {
    await on.expectFailure(elsewhere(), expected)
  })

  test("a host other than Fandom may refuse the connection", async () => {
    on.wiki.misbehave("Golden_Bot", { connection: "refused" })
    const error = await on.failure(elsewhere())
    expect(error).toMatchObject({ _tag: "ConnectionRefused", attempts: 4 })
  })

  test("a page of any other host is not read from a file", async () => {
    const error = await on.failure(customPage(new URL("file:///etc/hostname"), "bots"))
    expect(error._tag).toBe("AddressRefused")
    expect(error.message).toContain("only http and https are read, not file: (1 attempt)")
  })

  test("a page of any other host is not asked for with credentials, and shows none", async () => {
    const error = await on.failure(
      customPage(new URL("https://me:secret@mirror.test/Cards"), "bots"),
    )
    expect(error._tag).toBe("AddressRefused")
    expect(error.message).toStartWith("https://mirror.test/Cards could not be fetched")
    expect(JSON.stringify(error) + error.message).not.toContain("secret")
  })
})
