import { expect, test } from "bun:test"
import { join, resolve } from "node:path"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { platform } from "../../lib/command/run-command.ts"
import { Database } from "../../lib/database/database.ts"
import { deploy } from "../../lib/deploy/deploy.ts"
import type { Step } from "../../lib/deploy/steps.ts"
import { databaseStatus } from "../../lib/status.ts"
import {
  locationOf,
  onEachDatabase,
  onServer,
  runOn,
  type Services,
  type TestDatabase,
} from "../support/databases.ts"
import { folderOfEachTest } from "../support/folders.ts"
import { startRelay } from "../support/relay.ts"
import { withSetting } from "../support/sessions.ts"
import { collectedOutput } from "./collected-output.ts"
import { running, stalling } from "./processes.ts"
import { step } from "./step.ts"

const optional = { optional: true }

const options = () => ({
  output: collectedOutput(),
  grace: Duration.millis(300),
  lockTimeout: Duration.seconds(5),
})

/** The outcome of each step, as `step outcome`. */
const told = (outcomes: readonly { readonly step: string; readonly outcome: string }[]) =>
  outcomes.map(({ step, outcome }) => `${step} ${outcome}`)

const runs = (database: TestDatabase) =>
  database.sql`
    select finished_at is not null as finished, steps from towerstats.deploy_run order by id`

onEachDatabase("a deploy", (database) => {
  const folder = folderOfEachTest()
  const run = (...steps: readonly Step[]) => database.run(deploy(steps, options()))

  test("a deploy runs its steps in order, one after the other", async () => {
    const chosen = options()
    const steps = ["one", "two", "three"].map((name) => step(name, "say", ["0", name]))
    const { outcomes, failure } = await database.run(deploy(steps, chosen))
    expect(failure).toEqual(Option.none())
    expect(told(outcomes)).toEqual(["one completed", "two completed", "three completed"])
    const begun = chosen.output.lines.filter((line) => !line.includes("stderr"))
    expect(begun).toEqual(
      ["one", "two", "three"].flatMap((name) => [
        `${name} begins`,
        `${name} stdout: ${name}`,
        "end",
      ]),
    )
  })
  test("a deploy is recorded as it happens", async () => {
    const chosen = options()
    const steps = [
      step("one", "say", ["0"]),
      step("two", "show-run", []),
      step("three", "say", ["0"]),
    ]
    await database.run(deploy(steps, chosen))
    const shown = chosen.output.lines.find((line) => line.startsWith("two stdout: "))
    const [during] = JSON.parse(shown?.replace("two stdout: ", "") ?? "")
    expect(told(during.steps)).toEqual(["one completed", "two running", "three not run"])
    expect(during.finished_at).toBeNull()
    const [after, ...others] = await runs(database)
    expect(others).toEqual([])
    expect(after).toMatchObject({ finished: true })
    expect(told(after?.steps)).toEqual(["one completed", "two completed", "three completed"])
  })
  test("a deploy leaves out the steps to be skipped", async () => {
    const { outcomes, failure } = await run(
      step("one", "say", ["1"], { skippedBy: "--skip-one" }),
      step("two", "say", ["0"]),
    )
    expect(failure).toEqual(Option.none())
    expect(outcomes[0]).toEqual({
      step: "one",
      outcome: "skipped",
      seconds: null,
      reason: "--skip-one",
    })
    expect(told(outcomes)).toEqual(["one skipped", "two completed"])
  })
  test("a deploy goes on without an optional step that failed, and says why", async () => {
    const { outcomes, failure } = await run(
      step("exits", "say", ["2"], optional),
      { ...step("missing", "say", [], optional), command: "/no/such/program" },
      { ...step("killed", "say", [], optional), command: "bash", arguments: ["-c", "kill -9 $$"] },
      step("last", "say", ["0"]),
    )
    expect(failure).toEqual(Option.none())
    expect(told(outcomes)).toEqual([
      "exits failed",
      "missing failed",
      "killed failed",
      "last completed",
    ])
    expect(outcomes.map(({ reason }) => reason)).toEqual([
      "exit code 2",
      expect.stringContaining("could not start: "),
      "killed by SIGKILL",
      null,
    ])
  })
  test("a deploy stops at a required step that fails, with its exit code", async () => {
    const { outcomes, failure } = await run(
      step("one", "say", ["0"]),
      step("two", "say", ["7"]),
      step("three", "say", ["0"]),
    )
    expect(Option.getOrNull(failure)).toMatchObject({
      step: "two",
      reason: "exit code 7",
      exitCode: 7,
    })
    expect(told(outcomes)).toEqual(["one completed", "two failed", "three not run"])
    expect(await runs(database)).toMatchObject([{ finished: true }])
  })
  test.each([0, 1, 2])(
    "a deploy that is stopped in step %i leaves no process behind",
    async (stalled) => {
      const file = join(folder(), "processes")
      const steps = [0, 1, 2].map((index) =>
        index === stalled
          ? step(`step-${index}`, "stall", [file])
          : step(`step-${index}`, "say", ["0"], optional),
      )
      const stopped = Effect.raceFirst(
        deploy(steps, options()),
        Effect.promise(() => stalling(file)),
      )
      await database.run(stopped)
      expect(await running(await stalling(file))).toEqual([])
      const [remembered] = await runs(database)
      expect(remembered).toMatchObject({ finished: true })
      expect(told(remembered?.steps)).toEqual(
        [0, 1, 2].map(
          (index) =>
            `step-${index} ${index < stalled ? "completed" : index === stalled ? "stopped" : "not run"}`,
        ),
      )
    },
  )
  test("a deploy is recorded although its own first step creates the table for it", async () => {
    await database.sql.unsafe("drop schema gamedata, player_state, definitions, towerstats cascade")
    const migrate = resolve(import.meta.dir, "../../scripts/migrate.ts")
    const { outcomes } = await run(
      { ...step("migrate", "say", []), arguments: [migrate, "--write"] },
      step("last", "say", ["0"]),
    )
    expect(told(outcomes)).toEqual(["migrate completed", "last completed"])
    const [remembered] = await runs(database)
    expect(remembered).toMatchObject({ finished: true, steps: outcomes })
  })
  test("the status shows a deploy, finished or not", async () => {
    await run(step("one", "say", ["2"], optional), step("two", "say", ["0"]))
    const lastDeploy = async () =>
      (await database.run(databaseStatus)).units.find(({ area }) => area === "deploy")
    expect(await lastDeploy()).toMatchObject({ steps: "one failed (exit code 2), two completed" })
    await database.sql`update towerstats.deploy_run set finished_at = null`
    expect(await lastDeploy()).toMatchObject({ finished_utc: "unfinished" })
  })
  test("a deploy on this database goes on after a step was killed in the middle of a transaction", async () => {
    const { outcomes } = await run(
      step("one", "hold-transaction", [], { ...optional, seconds: 1 }),
      step("two", "show-run", []),
    )
    expect(told(outcomes)).toEqual(["one failed", "two completed"])
    expect(outcomes[0]?.reason).toBe("timed out after 1s")
  })
})

onServer("a deploy", (database) => {
  /** Runs an effect over another connection of its own. */
  const elsewhere = <A, E>(effect: Effect.Effect<A, E, Services>) =>
    effect.pipe(
      Effect.provide(Database.layerAt(locationOf(database.url))),
      Effect.provide(platform),
    )

  test("the session of a killed step is ended although the server still works for it", async () => {
    const { outcomes } = await database.run(
      deploy(
        [
          step("one", "hold-transaction", ["--busy"], { ...optional, seconds: 1 }),
          step("two", "show-run", []),
        ],
        options(),
      ),
    )
    expect(told(outcomes)).toEqual(["one failed", "two completed"])
  })
  test("a deploy that may not record itself says so at once, with nothing run", async () => {
    const started = performance.now()
    const chosen = options()
    const failure = await withSetting(database, "default_transaction_read_only = on", () =>
      database.run(Effect.flip(deploy([step("one", "say", ["0"])], chosen))),
    )
    expect(failure._tag).toBe("DatabaseReadOnly")
    expect(chosen.output.lines).toEqual([])
    expect(performance.now() - started).toBeLessThan(5_000)
  })
  test("a deploy whose server is gone for good ends soon", async () => {
    const relay = await startRelay(database.url)
    const waiting = { ...step("waiting", "say", []), command: "sleep", arguments: ["60"] }
    const failed = runOn(relay.through(database.url))(Effect.flip(deploy([waiting], options())))
    while ((await runs(database)).length === 0) await Bun.sleep(20)
    relay.close()
    relay.reset()
    const lost = performance.now()
    expect(await failed).toMatchObject({ _tag: "ConnectionLost" })
    expect(performance.now() - lost).toBeLessThan(8_000)
  })
  test("a deploy waits for another one, and gives up after its limit with nothing run", async () => {
    const patient = deploy([step("second", "say", ["0"])], options())
    const impatient = deploy([step("never", "say", ["0"])], {
      ...options(),
      lockTimeout: Duration.millis(200),
    })
    const first = deploy([{ ...step("first", "say", []), command: "sleep", arguments: ["1"] }], {
      ...options(),
    })
    const [, second, failure] = await database.run(
      Effect.all(
        [
          elsewhere(first),
          Effect.delay(elsewhere(patient), "300 millis"),
          Effect.delay(elsewhere(Effect.flip(impatient)), "300 millis"),
        ],
        { concurrency: "unbounded" },
      ),
    )
    expect(told(second.outcomes)).toEqual(["second completed"])
    expect(failure._tag).toBe("DeployLockTimeout")
    expect(failure.message).toContain("Another deploy (database session ")
    const remembered = await runs(database)
    expect(remembered.map(({ steps }) => told(steps).join())).toEqual([
      "first completed",
      "second completed",
    ])
  })
})
