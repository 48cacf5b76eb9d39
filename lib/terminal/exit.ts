/** What a command's exit code says to a script; the README's table of exit codes is this one. */
export const ExitCode = {
  /** The work is done, or there was none. */
  done: 0,
  /** Something failed; the message on standard error says what. */
  failed: 1,
  /** The command was called wrongly; nothing was touched. */
  usage: 2,
  /** `--check --exit-code`, and a write would change something. */
  wouldChange: 3,
  /** Stopped by SIGINT (Ctrl-C), after cleaning up. */
  interrupted: 130,
  /** Stopped by SIGTERM, after cleaning up. */
  terminated: 143,
} as const
