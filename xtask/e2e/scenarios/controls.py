"""The blue-green example with one safeguard taken out at a time, to see that something then breaks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from harness import edits
from harness.report import expect
from harness.stage import Stage, access_denied, name_in

from .blue_green import FUNCTION, MACHINE, NOTHING_TO_PUBLISH


def unqualified(stage: Stage) -> None:
    """Without a version the old definition calls the new code, and its Choice does not know the answer."""
    edit = partial(edits.call_unqualified, machine=MACHINE)
    day1 = stage.deploy("day1", edit)
    first = stage.start_waiting(day1["MachineArn"])
    day2 = stage.deploy("day2", edit)
    second = stage.finish(stage.account.start(day2["MachineArn"], "second"))
    expect(second.status == "SUCCEEDED", f"the second execution must succeed: {second}")
    seen = stage.finish(first)
    expect(
        (seen.status, seen.states[-1]) == ("FAILED", "Failed"),
        f"the first execution must end in Failed: {seen}",
    )
    expect(not stage.refusals(), f"no right may be missing here: {stage.refusals()}")
    expect(stage.ran() == [("$LATEST", "ThumbsUp")] * 2, f"other code ran: {stage.ran()}")


def no_qualifier_granted(stage: Stage) -> None:
    """A policy that names the function alone allows none of its versions."""
    outputs = stage.deploy("day2", partial(edits.allow_only_unqualified, machine=MACHINE))
    access_denied(stage, stage.finish(stage.account.start(outputs["MachineArn"], "only")))


def shrinking_role(stage: Stage) -> None:
    """A role that changes in place takes a right away from an execution that still needs it."""
    edit = partial(edits.name_role_constantly, machine=MACHINE)
    day1 = stage.deploy("day1", edit)
    first = stage.start_waiting(day1["MachineArn"])
    stage.deploy("day3", edit)
    stage.still_waits(first)
    access_denied(stage, stage.finish(first))


def not_retained(stage: Stage) -> None:
    """A version that CloudFormation may delete is gone when the execution wakes up."""
    edit = partial(edits.drop_retain, resource_type="AWS::Lambda::Version")
    day1 = stage.deploy("day1", edit)
    first = stage.start_waiting(day1["MachineArn"])
    stage.deploy("day2", edit)
    seen = stage.finish(first)
    expect(seen.status == "FAILED" and "not found" in seen.cause, f"the version must be gone: {seen}")


def replaced_in_place(stage: Stage) -> None:
    """A function replaced under its logical ID is kept, but the role now allows the new one instead."""
    day1 = stage.deploy("day1")
    first = stage.start_waiting(day1["MachineArn"])
    stage.deploy("day2", partial(edits.name_function, function=FUNCTION, name="renamed"))
    kept = stage.account.published_versions(name_in(day1["HelloVersionArn"]))
    expect(kept == ["1"], f"the replaced function has the versions {kept}")
    access_denied(stage, stage.finish(first))


def moved_version(stage: Stage) -> None:
    """A version under a new logical ID, over a function that has not changed, fails the deploy."""
    stage.deploy("day1")
    version = edits.version_of(stage.template("day1"), FUNCTION)
    moved = partial(edits.rename, old=version, new=f"{version}Moved")
    stage.fail_to_deploy("day1", moved, NOTHING_TO_PUBLISH)


def other_code(stage: Stage) -> None:
    """A version that was synthesized for other code than is there is not published."""
    foreign = partial(edits.expect_code_of, other=stage.template("day2"), function=FUNCTION)
    stage.fail_to_deploy("day1", foreign, "is different from current CodeSHA256")


SCENARIOS: dict[str, Callable[[Stage], None]] = {
    "unqualified": unqualified,
    "no qualifier granted": no_qualifier_granted,
    "shrinking role": shrinking_role,
    "not retained": not_retained,
    "replaced in place": replaced_in_place,
    "moved version": moved_version,
    "other code": other_code,
}
