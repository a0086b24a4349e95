//! API Gateway, and HTTPS endpoints of anybody.

use cyanotype_asl::Text;

use super::super::{
    arguments::Argument,
    arn,
    task::Task,
    text::{concat, rendered, split, split_once, strip_prefix, verbatim},
};
use crate::iam::PolicyCondition;

/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html>
pub(super) fn api_gateway(task: &mut Task<'_, '_>) {
    const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html";
    match task.arguments.get("AuthType") {
        // The call is made without a signature.
        Argument::Absent if !task.arguments.is_open() => return,
        Argument::Static(kind) if kind.as_literal() == Some("NO_AUTH") => return,
        _ => {}
    }
    let api = match task.arguments.get("ApiEndpoint") {
        Argument::Static(endpoint) => split_once(endpoint, ".execute-api.").map(|(id, _)| id),
        _ => None,
    };
    let any = arn::own("execute-api", "*");
    let mut piece = |argument: &str, absent: &str| match task.arguments.get(argument) {
        Argument::Static(text) => verbatim(text),
        Argument::Absent => absent.into(),
        Argument::Dynamic => {
            task.wide("execute-api:Invoke", "more than one call", argument, &any);
            "*".into()
        }
    };
    // An HTTP API has a stage that is not named.
    let (stage, method, path) = (piece("Stage", "$default"), piece("Method", "*"), piece("Path", ""));
    let path = strip_prefix(&path, "/").unwrap_or(path);
    let api = api.unwrap_or_else(|| {
        task.wide("execute-api:Invoke", "any API", "ApiEndpoint", &any);
        "*".into()
    });
    let slash = || Text::from("/");
    let call = arn::own("execute-api", concat([api, slash(), stage, slash(), method, slash(), path]));
    task.need(["execute-api:Invoke"], [call], "calls the API with the role's signature", PAGE);
}

/// The action has no resource; conditions narrow it to the call.
///
/// Source: <https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html>
pub(super) fn endpoint(task: &mut Task<'_, '_>) {
    const PAGE: &str = "https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html";
    let mut conditions = vec![];
    for (argument, key) in [("Method", "states:HTTPMethod"), ("ApiEndpoint", "states:HTTPEndpoint")] {
        match task.arguments.get(argument) {
            Argument::Static(value) => {
                conditions.push(PolicyCondition::new("StringEquals", key, [value.clone()]));
            }
            _ => task.wide("states:InvokeHTTPEndpoint", "any endpoint or method", argument, &"*".into()),
        }
    }
    task.need_when(["states:InvokeHTTPEndpoint"], ["*".into()], conditions, "calls the endpoint", PAGE);

    let first = task.arguments.within("Authentication").get("ConnectionArn");
    let connection = match first {
        Argument::Absent => task.arguments.within("InvocationConfig").get("ConnectionArn"),
        given => given,
    };
    let connections = match connection {
        Argument::Static(connection) => vec![connection.clone()],
        _ => {
            let any = arn::own("events", "connection/*");
            let (action, argument) = ("events:RetrieveConnectionCredentials", "Authentication.ConnectionArn");
            task.wide(action, "any connection", argument, &any);
            task.narrowed(&[action.to_owned()], vec![any])
        }
    };
    let why = "takes the credentials of the connection";
    task.need(["events:RetrieveConnectionCredentials"], connections.iter().cloned(), why, PAGE);
    let mut secrets = vec![];
    for connection in &connections {
        secrets.push(secret_of(connection).unwrap_or_else(|| {
            let message = format!(
                "the secret of any connection can be read: the ARN of `{}` does not say its name",
                rendered(connection)
            );
            let help = "give the connection's ARN as a literal, or narrow the statement on Secrets Manager to its `SecretArn`";
            task.warn_of("Authentication.ConnectionArn", message, help);
            secret(arn::region(), arn::account(), "*".into())
        }));
    }
    let actions = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"];
    task.need(actions, secrets, "reads the secret of the connection", PAGE);
}

/// A connection `arn:…:connection/<name>/<id>` keeps its credentials in the secret `events!connection/<name>/<id>`.
///
/// Source: <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html>
fn secret_of(connection: &Text) -> Option<Text> {
    let [region, account, rest] = arn::parts(connection)?;
    let parts = split(&strip_prefix(&rest, "connection/")?, "/", 2);
    let name = parts.into_iter().next()?;
    let its_own = if name.as_literal() == Some("*") { name } else { concat([name, "/*".into()]) };
    Some(secret(region, account, its_own))
}

fn secret(region: Text, account: Text, connection: Text) -> Text {
    arn::of("secretsmanager", region, account, concat(["secret:events!connection/".into(), connection]))
}
