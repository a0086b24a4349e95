//! What calls are said to be on, and what of a resource counts for calls on it.

use cyanotype_asl::Text;
use cyanotype_cfn::{Intrinsic, Key, Tree, Value, facts};

use super::{
    super::resource_types::{find, service_of},
    Resources, acknowledged,
};
use crate::{
    app::ResourceBody,
    iam::{Target, grants},
};

impl Resources<'_> {
    /// What a call is on, by its resource or its ARN.
    ///
    /// # Errors
    /// A text that is no ARN, or a resource of which no ARN is known: what is wrong, and what would be right.
    pub(in super::super) fn target(&mut self, on: &Tree) -> Result<Target, (String, String)> {
        let (tree, reason) = match on.as_intrinsic() {
            Some(Intrinsic::Acknowledged { value, reason }) => (&**value, Some(reason.as_str())),
            _ => (on, None),
        };
        let named = tree.as_intrinsic().and_then(Intrinsic::reads);
        let app = self.app;
        let resource = named.and_then(|(key, attribute)| Some((key, attribute, app.resource(key)?)));
        if let Some((key, attribute, body)) = resource {
            return self.target_of_resource(on, key, attribute, body, reason);
        }
        let arn = self.written_as("Arn", on);
        match (arn.as_literal(), arn.segments().len()) {
            (Some(text), _) if !text.starts_with("arn:") || text.splitn(6, ':').count() < 6 => {
                let help =
                    "give the resource, `&resource`, or its ARN: `arn:aws:sqs:eu-west-1:123456789012:name`";
                Err((format!("the call is said to be on `{text}`, which is no ARN"), help.into()))
            }
            // One value that only the deploy knows.
            (None, 1) => Ok(Target::Opaque { service: None, arn }),
            _ => Ok(Target::Arns(vec![arn])),
        }
    }

    fn target_of_resource(
        &mut self,
        on: &Tree,
        key: Key,
        attribute: Option<&str>,
        body: &ResourceBody,
        reason: Option<&str>,
    ) -> Result<Target, (String, String)> {
        let type_name = &*body.type_name;
        if body.type_name == "AWS::SSM::Parameter" && attribute.is_none() {
            let arns = grants::arns(key, body);
            return Ok(Target::Arns(
                arns.iter().map(|value| self.written_as("Name", value.tree())).collect(),
            ));
        }
        if let Some(of) = find(type_name).filter(|of| of.form(attribute).is_some()) {
            let name = self.name(of, key, body, reason);
            return Ok(Target::Arns(vec![self.arn(of, key, body, &name, reason)]));
        }
        let service = service_of(type_name);
        let of = service.clone();
        let mut opaque = |tree: &Tree| Target::Opaque {
            service: of.clone(),
            arn: Text::placeholder(self.placeholder("Arn", tree.clone())),
        };
        // What it is called says that it is an ARN, be it of something in the resource.
        if attribute.is_some_and(|name| name.ends_with("Arn")) {
            return Ok(opaque(on));
        }
        let has_arn = facts::ResourceType::find(type_name)
            .is_some_and(|known| known.attributes().any(|a| a.name() == "Arn"));
        match (attribute, service) {
            (None, _) if has_arn => {
                let arn = acknowledged(Value::<String>::attribute(key, "Arn").into(), reason);
                Ok(opaque(&arn))
            }
            (None, Some(service)) => {
                let name = Text::placeholder(self.placeholder("Name", on.clone()));
                Ok(Target::Named { service, name })
            }
            _ => {
                let message = format!("the call is said to be on a value of an `{type_name}` that is no ARN");
                Err((message, "give the resource, `&resource`, or an attribute that is its ARN".into()))
            }
        }
    }

    /// The task definitions of the app that were met, by their ARNs, with the roles that their tasks are given.
    pub(in super::super) fn roles_of_task_definitions(&mut self) -> Vec<(Text, Vec<(&'static str, Text)>)> {
        let app = self.app;
        let body = |key: Key| app.resource(key);
        let is_definition =
            |key: &Key| body(*key).is_some_and(|body| body.type_name == "AWS::ECS::TaskDefinition");
        let met: Vec<_> = self.arns.iter().map(|(arn, _, key)| (arn.clone(), *key)).collect();
        let mut roles = |key: Key| {
            let properties = ["TaskRoleArn", "ExecutionRoleArn"].into_iter();
            let given = properties.filter_map(|name| Some((name, body(key)?.properties.get(name)?)));
            given.map(|(name, tree)| (name, self.written_as("RoleArn", tree))).collect()
        };
        met.into_iter().filter(|(_, key)| is_definition(key)).map(|(arn, key)| (arn, roles(key))).collect()
    }
}
