"""An AWS on the loopback interface: moto's services under a CloudFormation that keeps its promises.

moto knows the services and interprets the States Language. What it does not do, and what this package adds
from outside, each in a module of its own:

- `stacks`: creates, updates, replaces, retains, cleans up and rolls back in CloudFormation's order;
- `resources`: the resource types that blue-green deployment turns on, with Lambda's rule for publishing;
- `intrinsics`: `Fn::Sub` that changes nothing but its variables, and outputs of other stacks;
- `qualified`: starts executions by a version or an alias of a machine;
- `runtime`: runs a function's code, with its layers, as a local process instead of in Docker;
- `authorization`: lets a Task call only what the role of its execution allows;
- `journal`: writes down each call, so that a test can prove which version ran.

Start it with `python -m emulator`.
"""
