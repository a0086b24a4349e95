"""The blue-green example: executions run while its days are deployed.

The days are `day1`, `day2`, `day3`, `day2-again` (day 2 with another salt), and the days with exact rights,
`day1-exact` and so on; day 1's Wait must be long enough for a few deploys.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from harness import edits
from harness.assembly import Template
from harness.report import expect, say
from harness.stage import Stage, as_it_is, name_in, succeeded_through

STACK, MACHINE, FUNCTION = "BlueGreen", "Greeting", "Hello"
EXACT = "-exact"
NOTHING_TO_PUBLISH = "A version for this Lambda function exists"


def blue_green(stage: Stage) -> None:
    """Each execution ends through the version it was built for, the second while the first still waits."""
    day1 = stage.deploy("day1")
    first = stage.start_waiting(day1["MachineArn"])
    day2 = stage.deploy("day2")
    expect(day2["MachineArn"] == day1["MachineArn"], "day 2 made another machine")
    expect(day2["HelloVersionArn"] != day1["HelloVersionArn"], "day 2 published no version")

    second = stage.finish(stage.account.start(day2["MachineArn"], "second"))
    succeeded_through(second, day2["HelloVersionArn"])
    stage.still_waits(first)
    succeeded_through(stage.finish(first), day1["HelloVersionArn"])
    expect(stage.ran() == [("2", "ThumbsUp"), ("1", "Approved")], f"other code ran: {stage.ran()}")


def leaving(stage: Stage, kind: str = "") -> None:
    """An execution waits across both deploys and ends through a function that has left the app."""
    day1 = stage.deploy(f"day1{kind}")
    first = stage.start_waiting(day1["MachineArn"])
    role = stage.account.role_of_machine(day1["MachineArn"])
    day2 = stage.deploy(f"day2{kind}")
    kept = stage.account.role_of_machine(day2["MachineArn"]) == role
    expect(kept == (kind != EXACT), f"a new version {'keeps' if kept else 'moves'} the role {role}")
    day3_name = f"day3{kind}"
    expect(FUNCTION not in stage.template(day3_name)["Resources"], f"{FUNCTION} has not left on day 3")
    day3 = stage.deploy(day3_name)
    stage.still_waits(first)
    new_role = stage.account.role_of_machine(day3["MachineArn"])
    expect(new_role != role, f"the machine has kept its role {role}")
    expect(stage.account.role_exists(role), f"the role {role} is gone")
    names = [arn.rpartition("/")[2] for arn in (role, new_role)]
    say(f"the machine's role moved, and both are there: {', '.join(names)}")

    third = stage.finish(stage.account.start(day3["MachineArn"], "third"))
    expect(third.status == "SUCCEEDED", f"{third}")
    expect(name_in(third.called[0]) != name_in(day1["HelloVersionArn"]), f"Hello is still called: {third}")
    succeeded_through(stage.finish(first), day1["HelloVersionArn"])
    expect(stage.ran()[-1] == ("1", "Approved"), f"other code ran: {stage.ran()}")


def exact_rights(stage: Stage) -> None:
    """The same where the role may call the versions that it names, and no other: each version is another role."""
    leaving(stage, EXACT)


def deleted_stack(stage: Stage) -> None:
    """Deleting the stack leaves what the execution still needs."""
    day1 = stage.deploy("day1")
    first = stage.start_waiting(day1["MachineArn"])
    stage.account.delete(STACK)
    say("the stack is deleted")
    succeeded_through(stage.finish(first), day1["HelloVersionArn"])


def coming_back(stage: Stage) -> None:
    """A failed deploy rolls back, its retained version stays in the way, and the salt gets past it."""
    day1 = stage.deploy("day1")
    first = stage.start_waiting(day1["MachineArn"])
    stage.fail_to_deploy("day2", partial(edits.publish_twice, function=FUNCTION), NOTHING_TO_PUBLISH)
    expect(stage.account.outputs(STACK) == day1, "the rollback left something else")
    stage.fail_to_deploy("day2", as_it_is, NOTHING_TO_PUBLISH)
    again = stage.deploy("day2-again")
    expect(again["HelloVersionArn"].endswith(":3"), "another version than the third is published")
    succeeded_through(stage.finish(first), day1["HelloVersionArn"])


def except_on_create(stage: Stage) -> None:
    """A stack that gives up what a failed deploy has created deploys the same commit again, without a salt."""
    day1 = stage.deploy("day1", edits.retain_except_on_create)
    first = stage.start_waiting(day1["MachineArn"])

    def failing(template: Template) -> Template:
        return edits.add_what_fails(edits.retain_except_on_create(template), after=MACHINE)

    stage.fail_to_deploy("day2", failing, "not found")
    day2 = stage.deploy("day2", edits.retain_except_on_create)
    succeeded_through(stage.finish(stage.account.start(day2["MachineArn"], "second")), day2["HelloVersionArn"])
    succeeded_through(stage.finish(first), day1["HelloVersionArn"])


SCENARIOS: dict[str, Callable[[Stage], None]] = {
    "blue-green": blue_green,
    "leaving": leaving,
    "exact rights": exact_rights,
    "coming back": coming_back,
    "deleted stack": deleted_stack,
    "except on create": except_on_create,
}
