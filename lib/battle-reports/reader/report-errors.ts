import * as Schema from "effect/Schema"

/** The text is no battle report: it lacks the heading, or no line behind it can be read. */
export class NotABattleReport extends Schema.TaggedError<NotABattleReport>()("NotABattleReport", {
  reason: Schema.Literals(["no heading", "no readable line"]),
  /** How the text begins. */
  excerpt: Schema.String,
}) {
  override get message(): string {
    const fault =
      this.reason === "no heading"
        ? 'it does not start with "Battle Report"'
        : "no line after its heading can be read"
    return `Not a battle report: ${fault} (the text begins "${this.excerpt}"). Copy the whole report from the game's run history and try again.`
  }
}

/** The text is longer than any battle report. */
export class BattleReportTooLarge extends Schema.TaggedError<BattleReportTooLarge>()(
  "BattleReportTooLarge",
  { bytes: Schema.Number, limit: Schema.Number },
) {
  override get message(): string {
    return `Battle report too large: ${this.bytes} bytes, the limit is ${this.limit}. Check that it is one report, and that each report in a file starts on a line of its own.`
  }
}
