"""`AWS::Lambda::Function`, from inline code or from a zip in a bucket."""

from __future__ import annotations

import base64
import io
import zipfile

from moto.awslambda import models

from .base import Properties, Resource

#: What `UpdateFunctionConfiguration` and `UpdateFunctionCode` set, apart from the code itself: the rest of a
#: function's properties belongs to the function as a whole and to no version of it.
VERSIONED = frozenset(
    """
    Architectures CapacityProviderConfig DeadLetterConfig Description DurableConfig Environment
    EphemeralStorage FileSystemConfigs Handler ImageConfig KmsKeyArn Layers LoggingConfig MemorySize Role
    Runtime SnapStart Timeout TracingConfig VpcConfig
    """.split()
)


class LambdaFunction(Resource):
    CREATE_ONLY = frozenset({"FunctionName", "PackageType", "TenancyConfig"})

    def create(self, name: str, properties: Properties) -> None:
        self._name = properties.get("FunctionName", name)
        self._put(properties)

    def update(self, properties: Properties) -> None:
        self._put(properties)

    def delete(self) -> None:
        self._backend.delete_function(self._name)

    @property
    def physical_resource_id(self) -> str:
        return self._name

    def get_cfn_attribute(self, name: str) -> str:
        return {"Arn": self._backend.get_function(self._name).function_arn}[name]

    @property
    def _backend(self) -> models.LambdaBackend:
        return models.lambda_backends[self.place.account][self.place.region]

    def _put(self, properties: Properties) -> None:
        """Sets `$LATEST` to exactly these properties.

        A whole new `$LATEST` and not moto's update, which knows nine of the properties and would keep a value
        that has left the template. Published versions are copies and stay as they are.
        """
        code = dict(properties["Code"])
        if "ZipFile" in code:
            code["ZipFile"] = base64.b64encode(zip_inline(code["ZipFile"], properties["Runtime"])).decode()
        tags = {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}
        spec = {**properties, "FunctionName": self._name, "Code": code, "Tags": tags}
        latest = models.LambdaFunction(self.place.account, spec, self.place.region, version="$LATEST")
        latest.versioned = {key: value for key, value in properties.items() if key in VERSIONED}
        storage = self._backend._lambdas
        if previous := storage._functions.get(self._name, {}).get("latest"):
            latest.policy, latest.url_config = previous.policy, previous.url_config  # resources of their own
        storage.put_function(latest)


def zip_inline(source: str, runtime: str) -> bytes:
    """The archive that CloudFormation makes of inline code."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        name = "index.js" if runtime.startswith("nodejs") else "index.py"
        file.writestr(zipfile.ZipInfo(name), source)  # of a fixed date: the same source, the same bytes
    return archive.getvalue()
