// Simulates the call of each question on standard input: [{role, policies, action, resource}] -> ["Allowed", …].
const { readFileSync } = require("node:fs");
const { runSimulation } = require("@cloud-copilot/iam-simulate");

async function decide({ role, policies, action, resource }) {
  const accountId = resource.split(":")[4];
  const answer = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${accountId}:role/${role}`,
        action,
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
