// Simulates each question on standard input: [{role, policies, call: {action, resource, context}}] -> ["Allowed", …].
const { readFileSync } = require("node:fs");
const { runSimulation } = require("@cloud-copilot/iam-simulate");

// A bucket's ARN does not say whose it is.
const ACCOUNT = "111122223333";

async function decide({ role, policies, call: { action, resource, context } }) {
  const answer = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/${role}`,
        action,
        resource: { resource, accountId: resource.split(":")[4] || ACCOUNT },
        contextVariables: context,
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
