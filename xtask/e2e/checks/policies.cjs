// Simulates each question on standard input: [{role, policies, call: {action, resource, context}}] -> ["Allowed", …].
const { readFileSync } = require("node:fs");
const { runSimulation } = require("@cloud-copilot/iam-simulate");

const ACCOUNT = "111122223333";

async function decide({ role, policies, call: { action, resource, context } }) {
  const answer = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/${role}`,
        action,
        // What the owner of something in another account allows is not asked here.
        resource: { resource, accountId: ACCOUNT },
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
