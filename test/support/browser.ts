import { afterAll, beforeAll, test } from "bun:test"
import { type Browser, chromium, type Page } from "playwright-core"

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

const executable = names.map((name) => Bun.which(name)).find((path) => path !== null)

// As root, in a container, with a profile of its own, and without asking anybody for anything.
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

/** Starts headless Chromium or Chrome; fails where there is none. */
export const launchBrowser = (): Promise<Browser> => {
  if (executable === undefined) throw new Error("There is no Chromium or Chrome here.")
  return chromium.launch({ executablePath: executable, args: flags })
}

/**
 * Runs tests in one page of a headless Chromium, as opening another takes longer than most of them;
 * where there is none, each says that it was skipped.
 */
export const inBrowser = (
  body: (test: (name: string, run: (page: Page) => Promise<void>) => void) => void,
): void => {
  if (executable === undefined) {
    body((name) => test.skip(`${name} (skipped: there is no Chromium or Chrome here)`, () => {}))
    return
  }
  let page: Page | null = null
  beforeAll(async () => {
    page = await (await launchBrowser()).newPage()
  })
  afterAll(async () => {
    await page?.context().browser()?.close()
  })
  body((name, run) =>
    test(name, async () => {
      if (page === null) throw new Error("Chromium has not started.")
      await run(page)
    }),
  )
}
