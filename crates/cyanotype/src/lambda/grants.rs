//! A function is given rights.

use cyanotype_cfn::Key;

use super::Function;
use crate::{
    app::Construct,
    iam::{
        Statement,
        grants::{Grantee, sealed},
    },
};

impl<I, O> Grantee for Function<I, O> {
    fn allow(&self, statement: Statement) {
        Self::allow(self, statement);
    }
}

impl<I, O> sealed::Owner for Function<I, O> {
    fn owner(&self) -> (&Construct, Key) {
        (&self.under, self.key)
    }
}
