//! The network that a function is in.

use cyanotype_cfn::{Tree, Value};
use indexmap::IndexMap;

/// The subnets of a VPC in which a function has network interfaces, and the security groups that these have.
///
/// The function's role gets the rights to make and delete these interfaces.
///
/// ```
/// use cyanotype::prelude::*;
///
/// let vpc = Vpc::new(["subnet-1", "subnet-2"], ["sg-1"]).ipv6(true);
/// ```
///
/// Source: <https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html>
#[derive(Debug, Clone)]
pub struct Vpc {
    subnets: Vec<Value<String>>,
    security_groups: Vec<Value<String>>,
    ipv6: Option<Value<bool>>,
}

impl Vpc {
    /// 1 to 16 subnets, and 1 to 5 security groups, by their IDs. The order of either means nothing.
    pub fn new<S: Into<Value<String>>, G: Into<Value<String>>>(
        subnets: impl IntoIterator<Item = S>,
        security_groups: impl IntoIterator<Item = G>,
    ) -> Self {
        let subnets = subnets.into_iter().map(Into::into).collect();
        let security_groups = security_groups.into_iter().map(Into::into).collect();
        Self { subnets, security_groups, ipv6: None }
    }

    /// Lets IPv6 out through subnets that have both. Unset, only IPv4.
    #[must_use]
    pub fn ipv6(self, allowed: impl Into<Value<bool>>) -> Self {
        Self { ipv6: Some(allowed.into()), ..self }
    }
}

impl From<Vpc> for Tree {
    fn from(vpc: Vpc) -> Self {
        let mut tree = IndexMap::new();
        tree.insert("SubnetIds".to_owned(), Tree::list(vpc.subnets));
        tree.insert("SecurityGroupIds".into(), Tree::list(vpc.security_groups));
        tree.extend(vpc.ipv6.map(|allowed| ("Ipv6AllowedForDualStack".to_owned(), allowed.into())));
        Tree::Map(tree)
    }
}
