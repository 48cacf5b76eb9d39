/** `bun run screenshot`: takes the README's picture of the report again, from the demo. Needs Chromium. */
import { join, resolve } from "node:path"
import { launchBrowser } from "../support/browser.ts"
import { withFolder } from "../support/folders.ts"
import { runScript } from "../support/scripts.ts"

const picture = resolve(import.meta.dir, "../../docs/report.png")

await withFolder(async (folder) => {
  const environment = { TOWERSTATS_DATABASE_FOLDER: join(folder, "database") }
  const { exitCode, stderr } = await runScript("quickstart", [], environment)
  if (exitCode !== 0) throw new Error(stderr)
  const browser = await launchBrowser()
  const page = await browser.newPage({ viewport: { width: 1200, height: 1080 } })
  await page.goto(`file://${join(folder, "towerstats.html")}`)
  await page.screenshot({ path: picture })
  await browser.close()
})
process.stdout.write(`${picture}\n`)
