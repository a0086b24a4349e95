"""The resource types that are ours, by their CloudFormation name. Every other type is moto's own.

They are written over moto's services, so that what CloudFormation makes is what the services' own APIs see.
"""

from .base import Resource
from .lambda_alias import LambdaAlias
from .lambda_function import LambdaFunction
from .lambda_version import LambdaVersion
from .layer_version import LayerVersion
from .other import MotoResource
from .role import Role
from .state_machine import StateMachine
from .state_machine_alias import StateMachineAlias
from .state_machine_version import StateMachineVersion

_TAUGHT: dict[str, type[Resource]] = {
    "AWS::IAM::Role": Role,
    "AWS::Lambda::Alias": LambdaAlias,
    "AWS::Lambda::Function": LambdaFunction,
    "AWS::Lambda::LayerVersion": LayerVersion,
    "AWS::Lambda::Version": LambdaVersion,
    "AWS::StepFunctions::StateMachine": StateMachine,
    "AWS::StepFunctions::StateMachineAlias": StateMachineAlias,
    "AWS::StepFunctions::StateMachineVersion": StateMachineVersion,
}


def class_for(resource_type: str) -> type[Resource]:
    """The class that plays this type."""
    return _TAUGHT.get(resource_type, MotoResource)
