// The same apps with the AWS CDK: `node cdk.cjs article` or `node cdk.cjs 100`, into $CDK_OUTDIR.
const { App, Stack, Duration } = require("aws-cdk-lib");
const lambda = require("aws-cdk-lib/aws-lambda");
const sfn = require("aws-cdk-lib/aws-stepfunctions");
const tasks = require("aws-cdk-lib/aws-stepfunctions-tasks");

const functionOf = (stack, id, code) =>
  new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: "index.handler",
    code: lambda.Code.fromInline(code),
  });

const call = (stack, id, fn) =>
  new tasks.LambdaInvoke(stack, id, { lambdaFunction: fn.currentVersion, payloadResponseOnly: true });

function article(stack) {
  const hello = functionOf(stack, "Hello", 'exports.handler = async () => "Approved";');
  const decide = new sfn.Choice(stack, "Decide")
    .when(sfn.Condition.stringEquals("$", "Approved"), new sfn.Succeed(stack, "Success"))
    .otherwise(new sfn.Fail(stack, "Failed"));
  const wait = new sfn.Wait(stack, "Wait", { time: sfn.WaitTime.duration(Duration.seconds(300)) });
  return wait.next(call(stack, "Say hello", hello)).next(decide);
}

function chain(stack, count) {
  const states = Array.from({ length: count }, (_, n) =>
    call(stack, `Call ${n}`, functionOf(stack, `Function${n}`, `exports.handler = async () => ${n};`)),
  );
  return states.slice(1).reduce((path, state) => path.next(state), sfn.Chain.start(states[0]));
}

const app = new App();
const stack = new Stack(app, "Race");
const what = process.argv[2];
const definition = what === "article" ? article(stack) : chain(stack, Number(what));
new sfn.StateMachine(stack, "Machine", { definitionBody: sfn.DefinitionBody.fromChainable(definition) });
app.synth();
