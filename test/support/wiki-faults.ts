/** A request for a page or, through the API, for its content. */
export interface WikiCall {
  readonly title: string
  /** The number of this request for the title, from 1; pages and the API are counted apart. */
  readonly count: number
  readonly url: URL
  /** The page as the wiki would serve it, null where it has none. */
  readonly html: string | null
}

/** Answers a call wrongly, or returns undefined to let the wiki answer it. */
type Misbehaviour = (call: WikiCall) => Response | Promise<Response> | undefined

const html = (body: ConstructorParameters<typeof Response>[0], init: ResponseInit = {}) =>
  new Response(body, {
    ...init,
    headers: { "content-type": "text/html; charset=UTF-8", ...init.headers },
  })

const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
  })

const challenge = (status: number) =>
  html("<!DOCTYPE html><title>One moment</title><p>Are you a person?</p>", { status })

const redirect = (location: string) => new Response(null, { status: 302, headers: { location } })

const bytes = (text: string) => new TextEncoder().encode(text)

const beginning = bytes('<!DOCTYPE html><div class="mw-parser-output">')

const unending = (pull?: (controller: ReadableStreamDefaultController<Uint8Array>) => void) =>
  new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(beginning),
    ...(pull === undefined ? {} : { pull }),
  })

const inflating = Bun.gzipSync(new Uint8Array(16 * 1024 * 1024))

/** What can go wrong with a page over a connection that works. */
export const pageFaults = {
  forbidden: () => challenge(403),
  "a challenge": () => challenge(200),
  "a challenge with status 503": () => challenge(503),
  "not found": () => new Response("No such page.", { status: 404 }),
  "too many requests": () =>
    new Response(null, { status: 429, headers: { "retry-after": "3600" } }),
  "too many requests at first": ({ count }) =>
    count > 1 ? undefined : new Response(null, { status: 429, headers: { "retry-after": "1" } }),
  broken: () => new Response("Internal error", { status: 500 }),
  "broken twice": ({ count }) => (count > 2 ? undefined : new Response(null, { status: 500 })),
  "stalls before headers": () => new Promise<Response>(() => {}),
  "stalls in the body": () => html(unending()),
  "stalls once": ({ count }) => (count > 1 ? undefined : html(unending())),
  "endless body": () => html(unending((controller) => controller.enqueue(new Uint8Array(65_536)))),
  "gzip bomb": () => html(inflating, { headers: { "content-encoding": "gzip" } }),
  "damaged gzip": () => html("not gzip at all", { headers: { "content-encoding": "gzip" } }),
  "unknown charset": () =>
    new Response(beginning, { headers: { "content-type": "text/html; charset=klingon" } }),
  "wrong charset": () => html(Buffer.concat([beginning, Buffer.from("Überlast", "latin1")])),
  compressed: ({ html: page }) =>
    html(Bun.gzipSync(page ?? ""), { headers: { "content-encoding": "gzip" } }),
  "another charset": () =>
    new Response(Buffer.from('<div class="mw-parser-output">déjà vu</div>', "latin1"), {
      headers: { "content-type": 'text/html; charset="ISO-8859-1"' },
    }),
  "not html": () => new Response("%PDF-1.7", { headers: { "content-type": "application/pdf" } }),
  "no table": () => html('<div class="mw-parser-output"><p>Nothing here yet.</p></div>'),
  "redirect loop": ({ url }) => redirect(url.pathname),
  "redirects once": ({ url, count }) => (count > 1 ? undefined : redirect(`${url.pathname}?moved`)),
  "redirects to http": ({ url }) => redirect(`http://${url.host}${url.pathname}`),
  "redirects to another host": ({ url }) => redirect(`https://fandom.com.evil.test${url.pathname}`),
  "redirects to loopback": ({ url }) => redirect(`https://127.0.0.1${url.pathname}`),
  "redirects with credentials": ({ url }) => redirect(`https://me:secret@${url.host}/`),
  "redirects to a file": () => redirect("file:///etc/hostname"),
  "redirects nowhere": () => redirect("https://"),
  "redirect without address": () => new Response(null, { status: 302 }),
} satisfies Record<string, Misbehaviour>

/** What can go wrong with the API. */
export const apiFaults = {
  "an error": () =>
    json({ error: { code: "readonly", info: "The wiki is currently in read-only mode." } }),
  "wrong JSON": () => json({ parse: { title: "Golden Bot", text: { "*": "<p>" } } }),
  "no JSON": () => new Response("{", { headers: { "content-type": "application/json" } }),
  "html in place of JSON": () => challenge(200),
  "no content": () => json({ parse: { title: "Golden Bot", revid: 7, text: "<p>Nothing.</p>" } }),
  "broken twice": pageFaults["broken twice"],
  forbidden: () => challenge(403),
} satisfies Record<string, Misbehaviour>

export type PageFault = keyof typeof pageFaults
export type ApiFault = keyof typeof apiFaults

/** The bytes that come over a connection, and whether it is then reset or closed in order. */
interface ConnectionEnd {
  readonly bytes: string
  readonly isReset: boolean
}

/** What can go wrong with the connection itself. */
export const connectionFaults = {
  "reset before the answer": { bytes: "", isReset: true },
  "reset in the body": {
    bytes:
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4000\r\n\r\n<!DOCTYPE html>",
    isReset: true,
  },
  "closed in the body": {
    bytes:
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4000\r\n\r\n<!DOCTYPE html>",
    isReset: false,
  },
  "no content type": { bytes: "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n<p>", isReset: false },
  "another protocol": { bytes: "220 mail.test ESMTP\r\n", isReset: false },
} as const satisfies Record<string, ConnectionEnd>

export type RawFault = keyof typeof connectionFaults

/** Those, and failures to connect at all. */
export type ConnectionFault = RawFault | "refused" | "unknown host"
