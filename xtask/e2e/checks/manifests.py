"""The CDK's own loader and schema on the manifests; and that they name nothing which is not there."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from jsonschema import Draft7Validator

from harness import tools
from harness.assembly import Assembly
from harness.report import expect, say

PACKAGE = tools.NODE_MODULES / "@aws-cdk" / "cloud-assembly-schema"
LOADER = Path(__file__).with_name("manifests.cjs")


def check(assemblies: list[Assembly]) -> None:
    for assembly in assemblies:
        findings = loader(assembly.directory / "manifest.json", *assembly.asset_manifests())
        findings += schema("cloud-assembly", assembly.directory / "manifest.json")
        for path in assembly.asset_manifests():
            findings += schema("assets", path)
        expect(not findings, f"{assembly.directory.name}:\n" + "\n".join(findings))
        expect(assembly.stacks() and assembly.assets(), f"{assembly.directory.name} has no stack or no asset")
        named = [asset.path for asset in assembly.assets()]
        named += [image.dockerfile for image in assembly.images()]
        named += [assembly.template_path(stack) for stack in assembly.stacks()]
        missing = [path.name for path in named if not path.is_file()]
        expect(not missing, f"named and not there: {missing}")
        for stack in assembly.stacks():
            template_is_asset(assembly, stack)
        images_are_named(assembly)
    expect(any(assembly.images() for assembly in assemblies), "no assembly has an image that is built")
    say(f"{len(assemblies)} assemblies load, their files are there, their templates are assets")


def can_fail() -> None:
    with TemporaryDirectory() as scratch:
        path = Path(scratch, "manifest.json")
        path.write_text(json.dumps({"version": "999.0.0", "artifacts": {"Stack": {"type": 1}}}))
        said_by_loader, said_by_schema = "".join(loader(path)), "".join(schema("cloud-assembly", path))
    expect("version mismatch" in said_by_loader, "the loader takes a version of the future")
    expect("artifacts.Stack.type" in said_by_schema, "the schema takes a number for a type")


def loader(manifest: Path, *assets: Path) -> list[str]:
    """What the CDK's loader says. It refuses little more than a version that is too new."""
    process = tools.run_script(LOADER, manifest, *assets)
    return [tools.printed(process)] if process.returncode else []


def schema(name: str, path: Path) -> list[str]:
    """What the schema in the same package says, to which the loader does not hold a manifest."""
    validator = Draft7Validator(json.loads((PACKAGE / "schema" / f"{name}.schema.json").read_text()))
    manifest = json.loads(path.read_text())
    return [
        f"{path.name}: {'.'.join(map(str, error.absolute_path))}: {error.message}"
        for error in validator.iter_errors(manifest)
    ]


def template_is_asset(assembly: Assembly, stack: str) -> None:
    """A template over 51,200 bytes deploys from a bucket alone: it must be uploaded and named by its URL."""
    url = assembly.manifest["artifacts"][stack]["properties"].get("stackTemplateAssetObjectUrl")
    found = [f"s3://{a.bucket}/{a.key}" for a in assembly.assets() if a.path == assembly.template_path(stack)]
    expect(url in found, f"{stack}: stackTemplateAssetObjectUrl is {url}, the template goes to {found}")


def images_are_named(assembly: Assembly) -> None:
    """An image that is pushed is one that a function runs: the template has its very URI."""
    host = "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}"
    templates = "".join(assembly.template_path(stack).read_text() for stack in assembly.stacks())
    for image in assembly.images():
        uri = f"{host}/{image.repository}:{image.tag}"
        expect(uri in templates, f"{assembly.directory.name}: no function runs {uri}")
