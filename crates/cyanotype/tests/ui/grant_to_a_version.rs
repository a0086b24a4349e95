use cyanotype::prelude::*;

fn a_version_has_the_rights_that_it_has(hello: &Version<u32, u32>, orders: &Resource) {
    hello.may(grants::dynamodb::read(orders));
}

fn main() {}
