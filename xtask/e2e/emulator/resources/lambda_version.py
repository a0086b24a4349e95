"""`AWS::Lambda::Version`, with Lambda's rule for what there is to publish."""

from __future__ import annotations

import copy
from typing import Any

from moto.awslambda import models

from .base import Properties, Refused, Resource


class LambdaVersion(Resource):
    CREATE_ONLY = frozenset(
        "FunctionName Description CodeSha256 ProvisionedConcurrencyConfig RuntimePolicy".split()
    )

    def create(self, name: str, properties: Properties) -> None:
        backend = models.lambda_backends[self.place.account][self.place.region]
        self._published = publish(backend, properties["FunctionName"], properties.get("CodeSha256"))
        self._backend = backend

    def update(self, properties: Properties) -> None:
        raise Refused("every property of a version is create-only")

    def delete(self) -> None:
        self._backend.delete_function(self._published.function_name, str(self._published.version))

    @property
    def physical_resource_id(self) -> str:
        return self._published.function_arn

    def get_cfn_attribute(self, name: str) -> str:
        return {"Version": str(self._published.version), "FunctionArn": self._published.function_arn}[name]


def publish(backend: models.LambdaBackend, function: str, code_sha256: str | None) -> models.LambdaFunction:
    """Publishes `$LATEST` as the next version; refuses when there is nothing new in it.

    Numbers are never used again, also when the version that had one is gone.
    """
    latest = backend.get_function(function)
    is_there = latest.code_sha_256
    if code_sha256 not in (None, is_there):
        raise Refused(
            f"CodeSHA256 ({code_sha256}) is different from current CodeSHA256 in $LATEST ({is_there})"
        )
    group: dict[str, Any] = backend._lambdas._functions[latest.function_name]
    last = group["versions"][-1] if group["versions"] else None
    if last and (last.code_sha_256, last.versioned) == (latest.code_sha_256, latest.versioned):
        exists = f"A version for this Lambda function exists ( {last.version} )."
        raise Refused(f"{exists} Modify the function to create a new version.")
    group["published"] = group.get("published", 0) + 1
    version = copy.copy(latest)
    version.set_version(group["published"])
    group["versions"].append(version)
    backend._lambdas._arns[version.function_arn] = version
    return version
