//! Routes of an HTTP API that start executions.

use cyanotype_cfn::{Key, Tree, Value, tree};
use indexmap::IndexMap;

use super::{Place, Starts, sealed};
use crate::iam;

/// A route of an HTTP API of API Gateway: the body of a request is the input of an execution.
///
/// What a request holds has no type here: the machine's first state should not trust it.
///
/// ```
/// use cyanotype::prelude::*;
///
/// # let stack = App::new().stack("Shop");
/// let nap: Machine<u32, u32> = machine(|m| m.wait("Wait", seconds(5)).then(m.end()));
/// let express = StateMachineProps::builder().machine_type(StateMachineType::Express).build();
/// let nap = StateMachine::new(&stack, "Nap", nap, express);
/// let api = stack.resource("Api", "AWS::ApiGatewayV2::Api", tree!({ "Name": "Naps", "ProtocolType": "HTTP" }));
/// let live = nap.alias("live", &nap.publish());
/// live.started_by(&stack, "TakeNap", HttpRoute::of(api.reference(), "POST /naps").answers());
/// ```
///
/// Source:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html>
#[derive(Debug, Clone)]
#[must_use = "it starts nothing until an alias or a version has it: `live.started_by(..)`"]
pub struct HttpRoute {
    api: Value<String>,
    key: String,
    answers: bool,
}

impl HttpRoute {
    /// A route of an API, by the API's ID: a method and a path such as `POST /orders`, or `$default`.
    pub fn of(api: impl Into<Value<String>>, key: impl Into<String>) -> Self {
        Self { api: api.into(), key: key.into(), answers: false }
    }

    /// Waits for the end of the execution and answers with its output: of Express machines alone. Unset, it answers
    /// with the execution's ARN at once.
    pub fn answers(self) -> Self {
        Self { answers: true, ..self }
    }
}

impl<I> Starts<I> for HttpRoute {}

impl sealed::Starts for HttpRoute {
    fn service(&self) -> iam::Starter {
        iam::Starter::ApiGateway
    }

    fn action(&self) -> &'static str {
        if self.answers { "states:StartSyncExecution" } else { "states:StartExecution" }
    }

    fn add(self, place: &Place<'_>) -> Key {
        if self.answers && place.machine.express == Some(false) {
            let help =
                "make it `StateMachineType::Express`, or let the route answer at once: leave `answers()` out";
            place.wrong(
                "its route waits for the end of the execution, and the machine is no Express machine",
                help,
            );
        }
        let fits = |(method, path): (&str, &str)| {
            !method.is_empty() && method.bytes().all(|b| b.is_ascii_uppercase()) && path.starts_with('/')
        };
        if self.key != "$default" && !self.key.split_once(' ').is_some_and(fits) {
            let help = "it is a method and a path, such as `POST /orders`, or `$default`";
            place.wrong(format!("`{}` is no key of a route", self.key), help);
        }
        let subtype =
            if self.answers { "StepFunctions-StartSyncExecution" } else { "StepFunctions-StartExecution" };
        let arguments = tree!({ "StateMachineArn": place.machine.arn.clone(), "Input": "$request.body" });
        let integration = IndexMap::from([
            ("ApiId".to_owned(), Tree::from(self.api.clone())),
            ("IntegrationType".into(), "AWS_PROXY".into()),
            ("IntegrationSubtype".into(), subtype.into()),
            ("PayloadFormatVersion".into(), "1.0".into()),
            ("CredentialsArn".into(), place.role_arn()),
            ("RequestParameters".into(), arguments),
        ]);
        let integration = place.add(Some("Integration"), "AWS::ApiGatewayV2::Integration", integration);
        let target = Value::concat(["integrations/".into(), Value::<String>::reference(integration)]);
        let route = IndexMap::from([
            ("ApiId".to_owned(), Tree::from(self.api)),
            ("RouteKey".into(), self.key.into()),
            ("Target".into(), target.into()),
        ]);
        place.add(None, "AWS::ApiGatewayV2::Route", route)
    }
}
