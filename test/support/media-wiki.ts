import { existsSync } from "node:fs"
import { copyFile, mkdir, mkdtemp, readdir, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"

/** Where Debian's package `mediawiki` puts it. */
const program = "/usr/share/mediawiki"

const canUseSqlite = () =>
  Bun.spawnSync(["php", "-r", "exit(extension_loaded('pdo_sqlite') ? 0 : 1);"]).exitCode === 0

/** Whether a MediaWiki can be set up on this machine. */
export const isMediaWikiInstalled =
  existsSync(join(program, "maintenance/install.php")) &&
  Bun.which("php") !== null &&
  canUseSqlite()

/** A real MediaWiki on this machine, with a database of its own in a temporary folder. */
export interface MediaWiki {
  /** Answers a request for Fandom's host with what MediaWiki says. */
  readonly answer: (request: Request) => Promise<Response>
  /** Turns requests for pages away from now on, as Fandom does at times; the API still answers. */
  readonly refusePages: () => void
  readonly edit: (title: string, wikitext: string) => Promise<void>
  /** Takes back the last edit of a page. */
  readonly undo: (title: string) => Promise<void>
  /** Renames a page and leaves a redirect. */
  readonly move: (from: string, to: string) => Promise<void>
  readonly protect: (title: string) => Promise<void>
  /** The number of a page's current version. */
  readonly revisionOf: (title: string) => Promise<number>
  /** Makes all pages what they were when the wiki was set up, and serves them. */
  readonly reset: () => Promise<void>
  readonly stop: () => Promise<void>
}

const settings = `
$wgArticlePath = "/wiki/$1";
$wgMainCacheType = CACHE_NONE;
$wgParserCacheType = CACHE_NONE;
$wgJobRunRate = 0;
wfLoadExtension( "Cite" );
wfLoadExtension( "ParserFunctions" );
`

// PHP's own server asks this script about every request.
const router = `<?php
$isApi = parse_url( $_SERVER["REQUEST_URI"], PHP_URL_PATH ) === "/api.php";
$script = $isApi ? "/api.php" : "/index.php";
$_SERVER["SCRIPT_NAME"] = $script;
chdir( "${program}" );
require "${program}" . $script;
`

const freePort = () =>
  new Promise<number>((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => found(address !== null && typeof address === "object" ? address.port : 0))
    })
  })

const answers = async (origin: string): Promise<void> => {
  while (
    !(await fetch(origin).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await Bun.sleep(20)
}

/** Sets a MediaWiki up with these pages, by title, in wikitext. */
export const startMediaWiki = async (pages: ReadonlyMap<string, string>): Promise<MediaWiki> => {
  const folder = await mkdtemp(join(tmpdir(), "media-wiki-"))
  const localSettings = join(folder, "LocalSettings.php")
  const user = "Maintainer"

  const maintain = async (script: string, flags: readonly string[], input = "") => {
    const child = Bun.spawn(["php", resolve(program, `maintenance/${script}.php`), ...flags], {
      ...(script === "install" ? {} : { env: { ...process.env, MW_CONFIG_FILE: localSettings } }),
      stdin: new TextEncoder().encode(input),
      stdout: "pipe",
      stderr: "pipe",
    })
    const said = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ])
    if ((await child.exited) !== 0) throw new Error(`${script}.php failed: ${said.join("\n")}`)
  }

  await maintain("install", [
    ...["--dbtype", "sqlite", "--dbname", "wiki", "--dbpath", folder, "--confpath", folder],
    ...["--server", "https://the-tower-idle-tower-defense.fandom.com", "--scriptpath", ""],
    ...["--pass", crypto.randomUUID(), "The Tower", user],
  ])
  await Bun.write(localSettings, (await Bun.file(localSettings).text()) + settings)
  const texts = join(folder, "pages")
  await mkdir(texts)
  for (const [title, text] of pages) await Bun.write(join(texts, `${title}.txt`), text)
  const files = (await readdir(texts)).map((name) => join(texts, name))
  await maintain("importTextFiles", ["--user", user, ...files])
  await copyFile(join(folder, "wiki.sqlite"), join(folder, "sound.sqlite"))

  await Bun.write(join(folder, "router.php"), router)
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const server = Bun.spawn(
    ["php", "-S", `127.0.0.1:${port}`, "-t", program, join(folder, "router.php")],
    {
      env: { ...process.env, MW_CONFIG_FILE: localSettings, PHP_CLI_SERVER_WORKERS: "2" },
      stdout: "ignore",
      stderr: "ignore",
    },
  )
  await answers(`${origin}/api.php`)

  const api = async (parameters: Readonly<Record<string, string>>, init: RequestInit = {}) => {
    const query = new URLSearchParams({ format: "json", formatversion: "2", ...parameters })
    return (await fetch(`${origin}/api.php?${query}`, init)).text()
  }
  const revisionOf = async (title: string): Promise<number> => {
    const answer = await api({ action: "query", prop: "revisions", titles: title, rvprop: "ids" })
    return Number(/"revid":(\d+)/.exec(answer)?.[1])
  }

  let refusesPages = false
  return {
    answer: (request) => {
      const { pathname, search } = new URL(request.url)
      if (refusesPages && pathname.startsWith("/wiki/"))
        return Promise.resolve(new Response("Are you a person?", { status: 403 }))
      const { headers } = request
      return fetch(origin + pathname + search, { headers, redirect: "manual", decompress: false })
    },
    refusePages: () => {
      refusesPages = true
    },
    edit: (title, wikitext) => maintain("edit", ["--user", user, title], wikitext),
    undo: async (title) => {
      const undone = { action: "edit", title, undo: String(await revisionOf(title)) }
      const answer = await api(undone, {
        method: "POST",
        body: new URLSearchParams({ token: "+\\" }),
      })
      if (!answer.includes('"result":"Success"')) throw new Error(answer)
    },
    move: (from, to) => maintain("moveBatch", ["-u", user], `${from}|${to}\n`),
    protect: (title) => maintain("protect", ["--user", user, title]),
    revisionOf,
    reset: async () => {
      refusesPages = false
      await copyFile(join(folder, "sound.sqlite"), join(folder, "wiki.sqlite"))
    },
    stop: async () => {
      server.kill()
      await server.exited
      await rm(folder, { recursive: true })
    },
  }
}
