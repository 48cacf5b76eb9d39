import type { PlatformError } from "effect/PlatformError"

/** By which signal a process ended that has no exit code: its handle names it in the error's text only. */
export function killedBy({ reason }: PlatformError): string {
  return `killed by ${/SIG[A-Z0-9]+/.exec(String(reason.cause))?.[0] ?? "a signal"}`
}
