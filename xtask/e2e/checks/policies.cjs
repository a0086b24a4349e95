// Simulates lambda:InvokeFunction for each question on standard input: [{role, policies, resource}] -> ["Allowed", …].
const { readFileSync } = require("node:fs");
const { runSimulation } = require("@cloud-copilot/iam-simulate");

async function decide({ role, policies, resource }) {
  const accountId = resource.split(":")[4];
  const answer = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${accountId}:role/${role}`,
        action: "lambda:InvokeFunction",
        resource: { resource, accountId },
        contextVariables: {},
      },
      identityPolicies: policies.map((policy, index) => ({ name: `policy${index}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  return answer.resultType === "error" ? JSON.stringify(answer.errors) : answer.overallResult;
}

Promise.all(JSON.parse(readFileSync(0, "utf8")).map(decide)).then((answers) => console.log(JSON.stringify(answers)));
