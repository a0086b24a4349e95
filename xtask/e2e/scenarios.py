#!/usr/bin/env python3
"""Deploys the blue-green example's days while executions run, and shows that the controls fail.

ASSEMBLIES holds one cloud assembly for each of `day1`, `day2`, `day3`, `day2-again` (day 2 with another salt) and
the days with exact rights, `day1-exact` and so on; day 1's Wait must be long enough for a few deploys.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from harness import edits
from harness.account import Account, Deployment, Execution
from harness.assembly import Assembly, Template
from harness.emulator_process import EmulatorProcess
from harness.report import expect, run_all, say

STACK, MACHINE, FUNCTION = "BlueGreen", "Greeting", "Hello"
EXACT = "-exact"
NOTHING_TO_PUBLISH = "A version for this Lambda function exists"
Edit = Callable[[Template], Template]


def as_it_is(template: Template) -> Template:
    return template


class Stage:
    """The days of one scenario, in an account that is empty at its start."""

    def __init__(self, emulator: EmulatorProcess, assemblies: Path) -> None:
        self.emulator, self._assemblies = emulator, assemblies
        self.account = Account(emulator.endpoint)
        self.account.reset()
        self.account.make_asset_bucket()
        self._journal_from = len(emulator.journal())

    def template(self, day: str) -> Template:
        return Assembly(self._assemblies / day).template(STACK)

    def deploy(self, day: str, edit: Edit = as_it_is) -> dict[str, str]:
        """Deploys a day, edited or as it is, and gives the stack's outputs."""
        deployment = self._deploy(day, edit)
        expect(
            deployment.status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"),
            f"{day}: {deployment.status}, {deployment.reason}",
        )
        version = deployment.outputs.get("HelloVersionArn", "no version of Hello").rpartition("function:")[2]
        say(f"{day} deployed: {deployment.status}, {version} ({deployment.seconds:.2f} s)")
        return deployment.outputs

    def fail_to_deploy(self, day: str, edit: Edit, reason: str) -> None:
        """Deploys a day that must fail for this reason and be rolled back."""
        deployment = self._deploy(day, edit)
        expect(deployment.status.endswith("ROLLBACK_COMPLETE"), f"{day}: {deployment.status}, it must fail")
        expect(reason in deployment.reason, f"{day} failed for another reason: {deployment.reason}")
        say(f"{day} failed: {deployment.status}, {deployment.reason}")

    def _deploy(self, day: str, edit: Edit) -> Deployment:
        assembly = Assembly(self._assemblies / day)
        self.account.upload(assembly)
        return self.account.deploy(STACK, edit(assembly.template(STACK)))

    def start_waiting(self, machine: str) -> str:
        """Starts day 1's execution and sees it wait."""
        arn = self.account.start(machine, "first")
        self.account.until(arn, lambda execution: bool(execution.states))
        self.still_waits(arn)
        return arn

    def still_waits(self, arn: str) -> None:
        seen = self.account.execution(arn)
        expect(seen.status == "RUNNING", f"the first execution no longer waits: {seen}")
        say(f"first execution: {seen.status} in {seen.states[-1]}")

    def finish(self, arn: str) -> Execution:
        seen = self.account.finished(arn)
        called = ", ".join(function.rpartition("function:")[2] for function in seen.called) or "nothing"
        cause = f" ({seen.cause})" if seen.cause else ""
        say(f"{arn.rpartition(':')[2]} execution: {seen.status} in {seen.states[-1]}, called {called}{cause}")
        return seen

    def ran(self) -> list[tuple[str, str]]:
        """Which version of a function ran, and what it answered, in order."""
        calls = self.emulator.journal()[self._journal_from :]
        return [(call["version"], call["output"]) for call in calls if call["event"] == "invoked"]

    def refusals(self) -> list[str]:
        calls = self.emulator.journal()[self._journal_from :]
        return [call["refusal"] for call in calls if call["event"] == "authorized" and call["refusal"]]


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


def control_unqualified(stage: Stage) -> None:
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


def control_no_qualifier_granted(stage: Stage) -> None:
    """A policy that names the function alone allows none of its versions."""
    outputs = stage.deploy("day2", partial(edits.allow_only_unqualified, machine=MACHINE))
    access_denied(stage, stage.finish(stage.account.start(outputs["MachineArn"], "only")))


def control_shrinking_role(stage: Stage) -> None:
    """A role that changes in place takes a right away from an execution that still needs it."""
    edit = partial(edits.name_role_constantly, machine=MACHINE)
    day1 = stage.deploy("day1", edit)
    first = stage.start_waiting(day1["MachineArn"])
    stage.deploy("day3", edit)
    stage.still_waits(first)
    access_denied(stage, stage.finish(first))


def control_not_retained(stage: Stage) -> None:
    """A version that CloudFormation may delete is gone when the execution wakes up."""
    edit = partial(edits.drop_retain, resource_type="AWS::Lambda::Version")
    day1 = stage.deploy("day1", edit)
    first = stage.start_waiting(day1["MachineArn"])
    stage.deploy("day2", edit)
    seen = stage.finish(first)
    expect(seen.status == "FAILED" and "not found" in seen.cause, f"the version must be gone: {seen}")


def control_replaced_in_place(stage: Stage) -> None:
    """A function replaced under its logical ID is kept, but the role now allows the new one instead."""
    day1 = stage.deploy("day1")
    first = stage.start_waiting(day1["MachineArn"])
    stage.deploy("day2", partial(edits.name_function, function=FUNCTION, name="renamed"))
    kept = stage.account.published_versions(name_in(day1["HelloVersionArn"]))
    expect(kept == ["1"], f"the replaced function has the versions {kept}")
    access_denied(stage, stage.finish(first))


def control_moved_version(stage: Stage) -> None:
    """A version under a new logical ID, over a function that has not changed, fails the deploy."""
    stage.deploy("day1")
    version = edits.version_of(stage.template("day1"), FUNCTION)
    moved = partial(edits.rename, old=version, new=f"{version}Moved")
    stage.fail_to_deploy("day1", moved, NOTHING_TO_PUBLISH)


def control_other_code(stage: Stage) -> None:
    """A version that was synthesized for other code than is there is not published."""
    foreign = partial(edits.expect_code_of, other=stage.template("day2"), function=FUNCTION)
    stage.fail_to_deploy("day1", foreign, "is different from current CodeSHA256")


def succeeded_through(execution: Execution, version: str) -> None:
    expect(execution.status == "SUCCEEDED", f"{execution}")
    expect(execution.called == [version], f"called {execution.called} and not {version}")


def access_denied(stage: Stage, execution: Execution) -> None:
    expect(execution.status == "FAILED" and "AccessDenied" in execution.cause, f"{execution}")
    expect(stage.refusals() and not stage.ran(), f"refusals {stage.refusals()}, ran {stage.ran()}")


def name_in(version_arn: str) -> str:
    """The function's name in the ARN of a version."""
    return version_arn.split(":")[-2]


SCENARIOS: dict[str, Callable[[Stage], None]] = {
    "blue-green": blue_green,
    "leaving": leaving,
    "exact rights": exact_rights,
    "coming back": coming_back,
    "deleted stack": deleted_stack,
    "control: unqualified": control_unqualified,
    "control: no qualifier granted": control_no_qualifier_granted,
    "control: shrinking role": control_shrinking_role,
    "control: not retained": control_not_retained,
    "control: replaced in place": control_replaced_in_place,
    "control: moved version": control_moved_version,
    "control: other code": control_other_code,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assemblies", type=Path)
    parser.add_argument(
        "--only", choices=SCENARIOS, action="append", help="runs this scenario; may be repeated"
    )
    arguments = parser.parse_args()
    with EmulatorProcess() as emulator:
        steps = {
            name: partial(play, name, emulator, arguments.assemblies) for name in arguments.only or SCENARIOS
        }
        return run_all(steps, emulator.log)


def play(name: str, emulator: EmulatorProcess, assemblies: Path) -> None:
    SCENARIOS[name](Stage(emulator, assemblies))


if __name__ == "__main__":
    raise SystemExit(main())
