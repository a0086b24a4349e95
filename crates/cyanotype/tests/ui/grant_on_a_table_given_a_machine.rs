use cyanotype::prelude::*;

fn grants_of_one_service_are_not_on_a_machine(
    hello: &Function<u32, u32>,
    machine: &StateMachine<u32, u32>,
) {
    hello.may(grants::dynamodb::read(machine));
}

fn main() {}
