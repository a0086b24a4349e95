"""Python's own hashes and zips, and `unzip` where there is one, on the code that functions are deployed with."""

from __future__ import annotations

import base64
import hashlib
import shutil
import stat
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from harness import tools
from harness.assembly import Assembly, Template
from harness.report import expect, say

from . import made_up


def check(assemblies: list[Assembly]) -> None:
    checked: set[Path] = set()
    programs = 0
    for assembly in assemblies:
        zips = {asset.key: asset.path for asset in assembly.assets() if asset.path.suffix == ".zip"}
        for key, path in zips.items():
            findings = problems(path)
            expect(not findings, f"{path}: {'; '.join(findings)}")
            expect(key == f"{sha256(path).hex()}.zip", f"{path} goes to {key}, which is not its hash")
            checked.add(path)
        for stack in assembly.stacks():
            programs += functions(assembly.template(stack), zips)
    expect(checked and programs, "no zip, or none with a program")
    say(f"{len(checked)} zips are whole and named by their hashes, {programs} hold a program that Lambda can start")


def can_fail() -> None:
    with TemporaryDirectory() as scratch:
        path = Path(scratch, "code.zip")
        with ZipFile(path, "w", ZIP_STORED) as zipped:
            zipped.writestr("bootstrap", b"\x7fELF and more")
        expect(problems(path) == [], "a zip that is whole is refused")
        expect(not_startable(path) == ["its mode is 0600"], "a program that cannot be started is taken")
        path.write_bytes(path.read_bytes().replace(b"and more", b"and less"))
        expect(problems(path), "a byte of a zip was changed, and nothing was said")


def functions(template: Template, zips: dict[str, Path]) -> int:
    """Holds the versions of a template to the hashes of their zips; says how many of these hold a program."""
    programs = 0
    resources = made_up.of_type(template, "AWS::Lambda::Function")
    for version in made_up.of_type(template, "AWS::Lambda::Version").values():
        name = version["Properties"]["FunctionName"]["Ref"]
        properties = resources[name]["Properties"]
        path = zips.get(properties["Code"].get("S3Key"))
        if path is None:
            continue
        expected = base64.b64encode(sha256(path)).decode()
        got = version["Properties"]["CodeSha256"]
        expect(got == expected, f"the version of {name} is for the code {got}, and its zip is {expected}")
        if properties["Runtime"].startswith("provided"):
            findings = not_startable(path)
            expect(not findings, f"{name}: {'; '.join(findings)}")
            programs += 1
    return programs


def sha256(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def problems(path: Path) -> list[str]:
    """What is wrong with a zip, as far as its readers see."""
    found: list[str] = []
    try:
        with ZipFile(path) as zipped:
            damaged = zipped.testzip()
            if damaged is not None:
                found.append(f"`{damaged}` is damaged")
    except BadZipFile as error:
        found.append(str(error))
    if unzip := shutil.which("unzip"):
        process = tools.run(unzip, "-tq", path)
        if process.returncode:
            found.append(tools.printed(process))
    return found


def not_startable(path: Path) -> list[str]:
    """Why a runtime without a language cannot start what is in a zip."""
    with ZipFile(path) as zipped:
        if zipped.namelist() != ["bootstrap"]:
            return [f"it holds {zipped.namelist()}"]
        info = zipped.getinfo("bootstrap")
        mode = stat.S_IMODE(info.external_attr >> 16)
        found = [] if mode == 0o755 else [f"its mode is {mode:04o}"]
        if not zipped.read(info).startswith(b"\x7fELF"):
            found.append("it is no program for Linux")
    return found
