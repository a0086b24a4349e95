"""`AWS::IAM::Role`, whose rights are exactly those that the template gives it now."""

from __future__ import annotations

import json

from moto.iam.models import IAMBackend, iam_backends

from .base import Properties, Resource


class Role(Resource):
    CREATE_ONLY = frozenset({"RoleName", "Path"})

    def create(self, name: str, properties: Properties) -> None:
        self._name = properties.get("RoleName", name)
        self._backend.create_role(
            role_name=self._name,
            assume_role_policy_document=json.dumps(properties["AssumeRolePolicyDocument"]),
            path=properties.get("Path", "/"),
            permissions_boundary=properties.get("PermissionsBoundary"),
            description=properties.get("Description", ""),
            tags=properties.get("Tags", []),
            max_session_duration=properties.get("MaxSessionDuration", 3600),
        )
        self._grant(properties)

    def update(self, properties: Properties) -> None:
        """Replaces all rights. moto's own update leaves a role's policies as they were."""
        role = self._backend.get_role(self._name)
        role.assume_role_policy_document = json.dumps(properties["AssumeRolePolicyDocument"])
        self._revoke()
        self._grant(properties)

    def delete(self) -> None:
        self._revoke()
        self._backend.delete_role(self._name)

    @property
    def physical_resource_id(self) -> str:
        return self._name

    def get_cfn_attribute(self, name: str) -> str:
        role = self._backend.get_role(self._name)
        return {"Arn": role.arn, "RoleId": role.id}[name]

    @property
    def _backend(self) -> IAMBackend:
        return iam_backends[self.place.account]["aws"]

    def _grant(self, properties: Properties) -> None:
        role = self._backend.get_role(self._name)
        for policy in properties.get("Policies", []):
            role.put_policy(policy["PolicyName"], json.dumps(policy["PolicyDocument"]))
        known = {policy.arn for policy in self._backend.managed_policies.values()}
        for arn in properties.get("ManagedPolicyArns", []):
            if arn in known:  # AWS's own are not there: nothing that runs here needs their rights
                self._backend.attach_role_policy(arn, self._name)

    def _revoke(self) -> None:
        role = self._backend.get_role(self._name)
        role.policies.clear()
        for arn in list(role.managed_policies):
            self._backend.detach_role_policy(arn, self._name)
