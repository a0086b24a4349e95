"""The two-stacks example: five days, in one stack and in two.

The days are `day1` to `day5`, each of them also with all in one stack: `day1-together` and so on; and one day with and
without what goes into a table, in one stack: `archive` and `no-archive`, and with exact rights `archive-exact` and
`no-archive-exact`. Their Wait must be long enough for all five deploys.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import itemgetter

from harness import edits
from harness.report import expect, say
from harness.stage import Stage, as_it_is, name_in, succeeded_through

FUNCTION_STACK, MACHINE_STACK, MACHINE = "Library", "Desk", "Publish"
TOGETHER = "-together"
#: How many versions each day publishes: all is new; an environment variable; nothing; a tag; a file of a layer.
PUBLISHED = [1, 1, 0, 0, 1]
#: What the function answers on each day.
ANSWERS = [
    {"rules": rules, "style": style}
    for rules, style in [
        ("first", "plain"),
        ("first", "strict"),
        ("first", "strict"),
        ("first", "strict"),
        ("second", "strict"),
    ]
]


def five_days(stage: Stage, kind: str = "") -> None:
    """Five deploys in a row publish what changed and nothing else, and an execution of each ends through its own."""
    waiting: list[tuple[str, str]] = []
    published = 0
    for number, expected in enumerate(PUBLISHED, 1):
        day = stage.deploy(f"day{number}{kind}")
        versions = stage.account.published_versions(name_in(day["ReviewVersionArn"]))
        expect(len(versions) == published + expected, f"day {number} has the versions {versions}")
        published = len(versions)
        arn = stage.start_waiting(day["LiveArn"], f"day{number}")
        waiting.append((arn, day["ReviewVersionArn"]))
    say(f"published on each day: {PUBLISHED}")
    stage.still_waits(waiting[0][0])
    for arn, version in waiting:
        succeeded_through(stage.finish(arn), version)
    # Executions that end at about the same time are in no order.
    ran = sorted(stage.ran(), key=itemgetter(0))
    expected = list(zip(["1", "2", "2", "2", "3"], ANSWERS, strict=True))
    expect(ran == expected, f"ran {ran}")


def five_days_together(stage: Stage) -> None:
    """The same with the function and the machine in one stack."""
    five_days(stage, TOGETHER)


def shifting(stage: Stage) -> None:
    """The machine's alias moves to the new version, and back when the old app is deployed again."""
    day1 = stage.deploy("day1")
    first = stage.start_waiting(day1["LiveArn"], "first")
    day2 = stage.deploy("day2")
    expect(day2["LiveArn"] == day1["LiveArn"], "day 2 made another alias")
    second = stage.start_waiting(day2["LiveArn"], "second")
    again = stage.deploy("day1")
    third = stage.start_waiting(again["LiveArn"], "third")
    for arn, day in [(first, day1), (second, day2), (third, again)]:
        succeeded_through(stage.finish(arn), day["ReviewVersionArn"])
    ran = sorted(stage.ran(), key=itemgetter(0))
    expect(ran == [("1", ANSWERS[0]), ("2", ANSWERS[1]), ("3", ANSWERS[0])], f"ran {ran}")
    routes = stage.account.versions_of_alias(day1["LiveArn"])
    expect(len(set(routes)) == 1, f"the alias has the routes {routes}")


def out_of_order(stage: Stage) -> None:
    """The stack that calls fails where the one that is called was not deployed first, and changes nothing."""
    day1 = stage.deploy("day1")
    first = stage.start_waiting(day1["LiveArn"])
    stage.fail_to_deploy("day2", as_it_is, "has no output", stack=MACHINE_STACK)
    stage.deploy("day2")
    succeeded_through(stage.finish(first), day1["ReviewVersionArn"])


def failing_caller(stage: Stage) -> None:
    """The function's stack has been updated when the machine's fails: nothing that runs or starts is broken."""
    day1 = stage.deploy("day1")
    first = stage.start_waiting(day1["LiveArn"], "first")
    stage.deploy("day2", stack=FUNCTION_STACK)
    # The output that the machine's stack named is gone. The emulator takes the worse of what CloudFormation may do, and
    # reads it again for the rollback.
    failing = partial(edits.add_what_fails, after=MACHINE)
    stuck = "UPDATE_ROLLBACK_FAILED"
    stage.fail_to_deploy("day2", failing, "has no output", stack=MACHINE_STACK, status=stuck)
    second = stage.finish(stage.account.start(day1["LiveArn"], "second"))
    expect(second.status == "SUCCEEDED", f"{second}")
    succeeded_through(stage.finish(first), day1["ReviewVersionArn"])

    # Yesterday's function stack has yesterday's output again, of a version of yesterday's build.
    stage.deploy("day1", stack=FUNCTION_STACK)
    status = stage.account.continue_rollback(MACHINE_STACK)
    expect(status == "UPDATE_ROLLBACK_COMPLETE", f"the rollback goes on to {status}")
    say(f"{MACHINE_STACK} is rolled back: {status}")
    third = stage.finish(stage.account.start(day1["LiveArn"], "third"))
    expect(third.status == "SUCCEEDED" and stage.ran()[-1][1] == ANSWERS[0], f"{third}")
    day2 = stage.deploy("day2")
    fourth = stage.finish(stage.account.start(day2["LiveArn"], "fourth"))
    succeeded_through(fourth, day2["ReviewVersionArn"])


def dropped_rights(stage: Stage, kind: str = "") -> None:
    """A Task and a grant are dropped, and their table leaves; an execution of before still makes both calls."""
    before = stage.deploy(f"archive{kind}")
    first = stage.start_waiting(before["LiveArn"])
    machine = before["LiveArn"].rpartition(":")[0]
    roles = [stage.account.role_of_machine(machine), stage.account.role_of_version(before["ReviewVersionArn"])]
    rights = [stage.account.rights(role) for role in roles]
    expect(all("dynamodb:" in str(allowed) for allowed in rights), f"no right on the table: {rights}")

    after = stage.deploy(f"no-archive{kind}")
    stage.still_waits(first)
    now = [stage.account.role_of_machine(machine), stage.account.role_of_version(after["ReviewVersionArn"])]
    expect(not set(roles) & set(now), f"a role has stayed: {now}")
    say(f"both roles moved: {', '.join(role.rpartition('/')[2] for role in now)}")
    expect([stage.account.rights(role) for role in roles] == rights, "an earlier role has lost a right")
    second = stage.finish(stage.account.start(after["LiveArn"], "second"))
    succeeded_through(second, after["ReviewVersionArn"])
    seen = stage.finish(first)
    expect(seen.status == "SUCCEEDED" and seen.called[0] == before["ReviewVersionArn"], f"{seen}")
    archived = stage.account.items()
    expect(seen.states[-1] == "Archive" and archived == 1, f"{archived} items are archived, and one is due: {seen}")


def dropped_rights_exact(stage: Stage) -> None:
    """The same where the machine may call the version that it names alone."""
    dropped_rights(stage, "-exact")


def shrinking_role(stage: Stage) -> None:
    """Control: in a role that changes in place the right on the table is gone when the execution needs it."""
    edit = partial(edits.name_role_constantly, machine=MACHINE)
    before = stage.deploy("archive", edit)
    first = stage.start_waiting(before["LiveArn"])
    stage.deploy("no-archive", edit)
    seen = stage.finish(first)
    expect(seen.status == "FAILED" and "dynamodb:PutItem" in seen.cause, f"{seen}")


SCENARIOS: dict[str, Callable[[Stage], None]] = {
    "five days": five_days,
    "five days in one stack": five_days_together,
    "shifting": shifting,
    "out of order": out_of_order,
    "failing caller": failing_caller,
    "dropped rights": dropped_rights,
    "dropped rights, exact": dropped_rights_exact,
    "control: shrinking role with a table": shrinking_role,
}
