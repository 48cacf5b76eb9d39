import { describe, expect, test } from "bun:test"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { deploySettings } from "../../lib/deploy/steps.ts"

const settings = (env: Record<string, string>) =>
  deploySettings.pipe(
    Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnv({ env })),
  )
const offline = (text: string) =>
  Effect.runSync(settings({ TOWERSTATS_WIKI_OFFLINE: text })).isOffline
const timeout = (text: string) =>
  settings({ TOWERSTATS_WIKI_REBUILD_TIMEOUT_SECONDS: text }).pipe(
    Effect.map(({ wikiTimeout }) => Option.getOrNull(Option.map(wikiTimeout, Duration.toSeconds))),
  )

describe("the settings of a deploy", () => {
  test("a deploy fetches the wiki by default, for at most five minutes", () => {
    expect(Effect.runSync(settings({}))).toEqual({
      isOffline: false,
      wikiTimeout: Option.some(Duration.seconds(300)),
    })
  })
  test.each(["1", "true", "t", "yes", "y", "on", "TRUE", "Yes", " oN "])(
    "TOWERSTATS_WIKI_OFFLINE=%p is offline",
    (text) => {
      expect(offline(text)).toBe(true)
    },
  )
  test.each(["", "0", "false", "no", "off", "2", "tru"])(
    "TOWERSTATS_WIKI_OFFLINE=%p is not offline",
    (text) => {
      expect(offline(text)).toBe(false)
    },
  )
  test("the time limit is any whole number of seconds, and 0 or less is no limit", () => {
    const seconds = (text: string) => Effect.runSync(timeout(text))
    expect([seconds("1"), seconds("86400"), seconds("0"), seconds("-5"), seconds("")]).toEqual([
      1,
      86_400,
      null,
      null,
      300,
    ])
  })
  test.each(["soon", "1.5", "5s", "0x10", "Infinity", "9".repeat(30)])(
    "a time limit of %p seconds is refused",
    (text) => {
      const failure = Effect.runSync(Effect.flip(timeout(text)))
      expect(failure._tag).toBe("UsageError")
      expect(failure.message).toContain("TOWERSTATS_WIKI_REBUILD_TIMEOUT_SECONDS takes a whole")
    },
  )
})
