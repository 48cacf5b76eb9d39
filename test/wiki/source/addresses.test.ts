import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { addressProblem, isFandomUrl } from "../../../lib/wiki/source/addresses.ts"

const problem = (page: string, address: string) => addressProblem(new URL(page), new URL(address))

const cards = "https://the-tower.fandom.com/wiki/Cards"

describe("a page of Fandom", () => {
  test.each([
    cards,
    "https://the-tower.fandom.com/wiki/Card_List?redirected",
    "https://www.fandom.com/",
    "https://fandom.com/",
  ])("a page of Fandom may be taken from %s", (address) => {
    expect(problem(cards, address)).toBeNull()
  })

  test.each([
    ["http://the-tower.fandom.com/wiki/Cards", "not encrypted"],
    ["https://evil.test/wiki/Cards", "not a host of Fandom"],
    ["https://fandom.com.evil.test/", "not a host of Fandom"],
    ["https://fandom.com:8443/", "not a host of Fandom"],
    ["https://127.0.0.1/", "not a host of Fandom"],
    ["https://me@fandom.com/", "credentials"],
    ["file:///etc/hostname", "only http and https"],
    ["data:text/html,x", "only http and https"],
  ])("a page of Fandom may not be taken from %s", (address, reason) => {
    expect(problem(cards, address)).toContain(reason)
  })
})

describe("any other page", () => {
  test.each([
    ["http://127.0.0.1:8080/Cards.html", "http://127.0.0.1:8080/Other.html"],
    ["http://mirror.test/Cards", "http://mirror.test/Cards/"],
    ["http://mirror.test/Cards", "https://mirror.test/Cards"],
    ["https://mirror.test/Cards", "https://mirror.test/Cards/"],
  ])("any other page at %s may be taken from %s", (page, address) => {
    expect(problem(page, address)).toBeNull()
  })

  test.each([
    ["https://mirror.test/Cards", "http://mirror.test/Cards", "not encrypted"],
    ["http://mirror.test/Cards", "http://127.0.0.1/Cards", "another host"],
    ["http://mirror.test/Cards", "http://mirror.test:8080/Cards", "another host"],
    ["http://127.0.0.1:8080/Cards", "http://127.0.0.1:8081/Cards", "another host"],
    ["https://mirror.test/Cards", "https://the-tower.fandom.com/wiki/Cards", "another host"],
    ["http://mirror.test/Cards", "http://me:secret@mirror.test/Cards", "credentials"],
    ["http://mirror.test/Cards", "ftp://mirror.test/Cards", "only http and https"],
  ])("any other page at %s may not be taken from %s", (page, address, reason) => {
    expect(problem(page, address)).toContain(reason)
  })
})

const fandom = [
  "https://fandom.com",
  "https://fandom.com/",
  "https://www.fandom.com/wiki/X",
  "https://the-tower-idle-tower-defense.fandom.com/wiki/Golden_Bot#Cost",
  "https://a.b.c.fandom.com/",
  "https://a_b.fandom.com/",
  "https://0.fandom.com/",
  "https://xn--bcher-kva.fandom.com/",
  "https://evil.test.fandom.com/",
  "https://fandom.com.fandom.com/",
  "https://FANDOM.COM/",
  "HTTPS://The-Tower.Fandom.Com/wiki/X",
  "https://fandom.com:443/",
  "https://fandom.com:/",
  "https://fandom.com?evil.test",
  "https://fandom.com#@evil.test",
  "https://fandom.com/@evil.test",
  "https://fandom.com\\@evil.test",
  "https://fandom.com/https://evil.test/",
  "https:fandom.com",
  "https:////fandom.com",
  "  https://fandom.com/  ",
  "https://fan\tdom.com/",
  "https://%66andom.com/",
  "https://fan%64om.com/",
  // An empty name before the @ is none.
  "https://@fandom.com/",
  "https://:@fandom.com/",
  // URL parsing folds compatibility letters and dots: the request goes to the ASCII name.
  "https://ｆandom.com/",
  "https://fandom。com/",
  "https://fan\u00addom.com/",
]

const others = [
  "http://fandom.com/",
  "http://the-tower.fandom.com/",
  "ftp://fandom.com/",
  "ws://fandom.com/",
  "wss://fandom.com/",
  "file://fandom.com/wiki/X",
  "file:///fandom.com",
  "javascript://fandom.com/%0aalert(1)",
  "data:text/html,https://fandom.com",
  "blob:https://fandom.com/0",
  "https://fandom.com.evil.test/",
  "https://evilfandom.com/",
  "https://evil-fandom.com/",
  "https://fandom.com@evil.test/",
  "https://fandom.com:443@evil.test/",
  "https://evil.test/?fandom.com",
  "https://evil.test/fandom.com",
  "https://evil.test/.fandom.com",
  "https://evil.test#.fandom.com",
  "https://evil.test\\.fandom.com",
  "https://evil.test\\@fandom.com/",
  "https://evil.test?@fandom.com",
  "https://fandom.com%2eevil.test/",
  "https://fandom.com%2F.evil.test/",
  "https://fandom.com。evil.test/",
  "https://me@fandom.com/",
  "https://me:secret@fandom.com/",
  "https://:secret@fandom.com/",
  "https://fandom.com:80/",
  "https://fandom.com:8443/",
  "https://fandom.com:0/",
  "https://fandom.com:65536/",
  "https://fandom.com./",
  "https://the-tower.fandom.com./",
  "https://.fandom.com/",
  "https://a..fandom.com/",
  "https://*.fandom.com/",
  "https://a+b.fandom.com/",
  "https://fandom.co/",
  "https://fandom.org/",
  "https://fandom.com.br/",
  "https://fandom/",
  "https://com/",
  "https://fan.dom.com/",
  "https://fandom-com/",
  "https://fandomxcom/",
  "https://the-tower.fandom.com.evil.test/",
  "https://the-towerfandom.com/",
  "https://wikia.com/",
  // Look-alikes: Cyrillic а, о and с, Greek ο, dotless ı, a Latin capital I for l, an accent.
  "https://f\u0430ndom.com/",
  "https://fand\u043em.com/",
  "https://fandom.\u0441om/",
  "https://fand\u03bfm.com/",
  "https://the-tower.f\u0430ndom.com/",
  "https://xn--fndom-4ve.com/",
  "https://f\u00e1ndom.com/",
  "https://127.0.0.1/",
  "https://2130706433/",
  "https://0x7f.1/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://localhost/",
  "https://fandom.com%00.evil.test/",
  "https://fandom.com evil.test/",
  "https://",
  "https://@",
  "//fandom.com/",
  "fandom.com",
  "the-tower.fandom.com/wiki/X",
  "",
]

describe("a true Fandom host", () => {
  test.each(fandom)("a true Fandom host is that of %j", (address) => {
    expect(isFandomUrl(address)).toBe(true)
  })

  test.each(others)("a true Fandom host is not that of %j", (address) => {
    expect(isFandomUrl(address)).toBe(false)
  })

  test("a Fandom host is recognised alike in a text and in a parsed URL", () => {
    for (const address of [...fandom, ...others])
      if (URL.canParse(address)) expect(isFandomUrl(new URL(address))).toBe(isFandomUrl(address))
  })

  test("no other domain passes for a Fandom host", () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/)
    fc.assert(
      fc.property(fc.array(label, { maxLength: 3 }), label, (labels, last) => {
        fc.pre(last !== "com" && /[a-z]/.test(last))
        const host = [...labels, "fandom", "com", last].join(".")
        expect(isFandomUrl(`https://${host}/`)).toBe(false)
      }),
    )
  })

  test("every name under fandom.com is a Fandom host", () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9]{0,8}[a-z0-9])?$/)
    fc.assert(
      fc.property(fc.array(label, { maxLength: 4 }), (labels) => {
        expect(isFandomUrl(`https://${[...labels, "fandom", "com"].join(".")}/`)).toBe(true)
      }),
    )
  })
})
