import * as Duration from "effect/Duration"

/** How patient a fetch is, and how much it accepts. */
export interface FetchLimits {
  /** How long one attempt may take, from the first byte sent to the last one read. */
  readonly attemptTime: Duration.Duration
  /** How often a page is asked for in all. */
  readonly attempts: number
  /** The pause after the first attempt; it doubles after each further one. */
  readonly firstPause: Duration.Duration
  /** The longest pause a server may ask for by `Retry-After`. */
  readonly longestRetryAfter: Duration.Duration
  /** How many redirects one attempt follows. */
  readonly redirects: number
  /** The largest body, in bytes after decompression. */
  readonly bodyBytes: number
}

/** The limits for pages of the wiki, which have about 300 kB. */
export const wikiFetchLimits: FetchLimits = {
  attemptTime: Duration.seconds(30),
  attempts: 4,
  firstPause: Duration.millis(500),
  longestRetryAfter: Duration.seconds(60),
  redirects: 5,
  bodyBytes: 8 * 1024 * 1024,
}
