//! A machine is given rights.

use cyanotype_cfn::Key;

use super::StateMachine;
use crate::{
    app::Construct,
    iam::{
        Statement,
        grants::{Grantee, sealed},
    },
};

impl<I, O> Grantee for StateMachine<I, O> {
    fn allow(&self, statement: Statement) {
        Self::allow(self, statement);
    }
}

impl<I, O> sealed::Owner for StateMachine<I, O> {
    fn owner(&self) -> (&Construct, Key) {
        (&self.under, self.key)
    }
}
