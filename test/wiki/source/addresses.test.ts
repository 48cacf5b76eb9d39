import { describe, expect, test } from "bun:test"
import { addressProblem } from "../../../lib/wiki/source/addresses.ts"

const problem = (page: string, address: string) => addressProblem(new URL(page), new URL(address))

const fandom = "https://the-tower.fandom.com/wiki/Cards"

describe("a page of Fandom", () => {
  test.each([
    fandom,
    "https://the-tower.fandom.com/wiki/Card_List?redirected",
    "https://www.fandom.com/",
    "https://fandom.com/",
  ])("may be taken from %s", (address) => {
    expect(problem(fandom, address)).toBeNull()
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
  ])("may not be taken from %s", (address, reason) => {
    expect(problem(fandom, address)).toContain(reason)
  })
})

describe("any other page", () => {
  test.each([
    ["http://127.0.0.1:8080/Cards.html", "http://127.0.0.1:8080/Other.html"],
    ["http://mirror.test/Cards", "http://mirror.test/Cards/"],
    ["http://mirror.test/Cards", "https://mirror.test/Cards"],
    ["https://mirror.test/Cards", "https://mirror.test/Cards/"],
  ])("at %s may be taken from %s", (page, address) => {
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
  ])("at %s may not be taken from %s", (page, address, reason) => {
    expect(problem(page, address)).toContain(reason)
  })
})
