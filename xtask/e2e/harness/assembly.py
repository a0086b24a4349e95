"""A cloud assembly on disk, read as the CDK CLI reads it."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Template = dict[str, Any]


@dataclass(frozen=True)
class FileAsset:
    """One file and where it must be uploaded; the names still hold `${AWS::AccountId}` and its like."""

    path: Path
    bucket: str
    key: str


@dataclass(frozen=True)
class ImageAsset:
    """A directory from which an image is built, and the tag under which it is pushed."""

    directory: Path
    dockerfile: Path
    repository: str
    tag: str


@dataclass(frozen=True)
class Assembly:
    directory: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.directory / "manifest.json").read_text())

    def stacks(self) -> list[str]:
        return list(self._artifacts("aws:cloudformation:stack"))

    def template_path(self, stack: str) -> Path:
        return (
            self.directory / self._artifacts("aws:cloudformation:stack")[stack]["properties"]["templateFile"]
        )

    def template(self, stack: str) -> Template:
        """A fresh copy of the stack's template, to edit at will."""
        return json.loads(self.template_path(stack).read_text())

    def asset_manifests(self) -> list[Path]:
        found = self._artifacts("cdk:asset-manifest").values()
        return [self.directory / artifact["properties"]["file"] for artifact in found]

    def assets(self) -> list[FileAsset]:
        return [
            FileAsset(
                self.directory / file["source"]["path"], destination["bucketName"], destination["objectKey"]
            )
            for path in self.asset_manifests()
            for file in json.loads(path.read_text())["files"].values()
            for destination in file["destinations"].values()
        ]

    def images(self) -> list[ImageAsset]:
        return [
            ImageAsset(
                directory := self.directory / image["source"]["directory"],
                directory / image["source"].get("dockerFile", "Dockerfile"),
                destination["repositoryName"],
                destination["imageTag"],
            )
            for path in self.asset_manifests()
            for image in json.loads(path.read_text())["dockerImages"].values()
            for destination in image["destinations"].values()
        ]

    def _artifacts(self, kind: str) -> dict[str, Any]:
        return {name: a for name, a in self.manifest["artifacts"].items() if a["type"] == kind}


def copy_with_padding(assembly: Assembly, stack: str, size: int, target: Path) -> Assembly:
    """A copy whose template is over `size` bytes by metadata that deploys nothing.

    The template is an asset named by the hash of its bytes, so the new hash goes wherever the old one was.
    """
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(assembly.directory, target)
    copy = Assembly(target)
    path = copy.template_path(stack)
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    template = copy.template(stack)
    template.setdefault("Metadata", {})["Padding"] = "x" * size
    path.write_text(json.dumps(template))
    new = hashlib.sha256(path.read_bytes()).hexdigest()
    manifests = [target / "manifest.json", *copy.asset_manifests()]
    for manifest in manifests:
        text = manifest.read_text()
        if old not in text:
            raise ValueError(f"{manifest.name} does not name the template by the SHA-256 of its bytes, {old}")
        manifest.write_text(text.replace(old, new))
    return copy
