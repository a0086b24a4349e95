"""Where a scenario is played: the days of an example, in an account that is empty at its start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .account import Account, Deployment, Execution
from .assembly import Assembly, Template
from .emulator_process import EmulatorProcess
from .report import expect, say

Edit = Callable[[Template], Template]


def as_it_is(template: Template) -> Template:
    return template


class Stage:
    """The assemblies of the days, each deployed as it is or edited, and the executions that run meanwhile."""

    def __init__(self, emulator: EmulatorProcess, assemblies: Path) -> None:
        self.emulator, self._assemblies = emulator, assemblies
        self.account = Account(emulator.endpoint)
        self.account.reset()
        self.account.make_asset_bucket()
        self._journal_from = len(emulator.journal())

    def template(self, day: str, stack: str | None = None) -> Template:
        assembly = Assembly(self._assemblies / day)
        return assembly.template(stack or assembly.stacks()[0])

    def deploy(self, day: str, edit: Edit = as_it_is, *, stack: str | None = None) -> dict[str, str]:
        """Deploys a day, all of it or one stack, and gives the outputs."""
        outputs: dict[str, str] = {}
        for name in [stack] if stack else Assembly(self._assemblies / day).stacks():
            deployment = self._deploy(day, name, edit)
            expect(
                deployment.status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"),
                f"{name} of {day}: {deployment.status}, {deployment.reason}",
            )
            versions = {arn.rpartition("function:")[2] for arn in deployment.outputs.values() if is_version(arn)}
            with_what = "".join(f", {version}" for version in sorted(versions))
            say(f"{name} of {day} deployed: {deployment.status}{with_what} ({deployment.seconds:.2f} s)")
            outputs |= deployment.outputs
        return outputs

    def fail_to_deploy(
        self,
        day: str,
        edit: Edit,
        reason: str,
        *,
        stack: str | None = None,
        status: str = "ROLLBACK_COMPLETE",
    ) -> None:
        """Deploys a day that must fail for this reason and be rolled back, or as far as the status says."""
        name = stack or Assembly(self._assemblies / day).stacks()[0]
        deployment = self._deploy(day, name, edit)
        expect(deployment.status.endswith(status), f"{name} of {day}: {deployment.status}, it must fail")
        expect(reason in deployment.reason, f"{day} failed for another reason: {deployment.reason}")
        say(f"{name} of {day} failed: {deployment.status}, {deployment.reason}")

    def _deploy(self, day: str, stack: str, edit: Edit) -> Deployment:
        assembly = Assembly(self._assemblies / day)
        self.account.upload(assembly)
        return self.account.deploy(stack, edit(assembly.template(stack)))

    def start_waiting(self, machine: str, name: str = "first") -> str:
        """Starts an execution and sees it wait."""
        arn = self.account.start(machine, name)
        self.account.until(arn, lambda execution: bool(execution.states))
        self.still_waits(arn)
        return arn

    def still_waits(self, arn: str) -> None:
        seen = self.account.execution(arn)
        expect(seen.status == "RUNNING", f"{name_of(arn)} no longer waits: {seen}")
        say(f"{name_of(arn)} execution: {seen.status} in {seen.states[-1]}")

    def finish(self, arn: str) -> Execution:
        seen = self.account.finished(arn)
        called = ", ".join(function.rpartition("function:")[2] for function in seen.called) or "nothing"
        cause = f" ({seen.cause})" if seen.cause else ""
        say(f"{name_of(arn)} execution: {seen.status} in {seen.states[-1]}, called {called}{cause}")
        return seen

    def ran(self) -> list[tuple[str, object]]:
        """Which version of a function ran, and what it answered, in order."""
        calls = self.emulator.journal()[self._journal_from :]
        return [(call["version"], call["output"]) for call in calls if call["event"] == "invoked"]

    def refusals(self) -> list[str]:
        calls = self.emulator.journal()[self._journal_from :]
        return [call["refusal"] for call in calls if call["event"] == "authorized" and call["refusal"]]


def is_version(output: str) -> bool:
    """Whether it is the ARN of a function's version."""
    return ":function:" in output and output.rpartition(":")[2].isdecimal()


def name_of(execution: str) -> str:
    """The name of an execution, in its ARN."""
    return execution.rpartition(":")[2]


def succeeded_through(execution: Execution, version: str) -> None:
    expect(execution.status == "SUCCEEDED", f"{execution}")
    expect(execution.called == [version], f"called {execution.called} and not {version}")


def access_denied(stage: Stage, execution: Execution) -> None:
    expect(execution.status == "FAILED" and "AccessDenied" in execution.cause, f"{execution}")
    expect(stage.refusals() and not stage.ran(), f"refusals {stage.refusals()}, ran {stage.ran()}")


def name_in(version_arn: str) -> str:
    """The function's name in the ARN of a version."""
    return version_arn.split(":")[-2]
