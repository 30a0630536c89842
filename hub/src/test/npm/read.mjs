// An app of fhir-kit-client's: writes where the person must go, reads where the person came back
// to, and writes as one line of JSON what it has read.
import { createHash, randomBytes } from "node:crypto";
import { createInterface } from "node:readline/promises";
import { Client } from "fhir-kit-client";

const [baseUrl, clientId, redirectUri, scope] = process.argv.slice(2);
const client = new Client({ baseUrl });
const { authorizeUrl, tokenUrl } = await client.smartAuthMetadata();

const verifier = randomBytes(48).toString("base64url");
const state = randomBytes(16).toString("base64url");
authorizeUrl.search = new URLSearchParams({
  response_type: "code",
  client_id: clientId,
  redirect_uri: redirectUri,
  scope,
  state,
  aud: baseUrl,
  code_challenge: createHash("sha256").update(verifier).digest("base64url"),
  code_challenge_method: "S256",
});
console.log(authorizeUrl.href);

const back = new URL((await createInterface({ input: process.stdin })[Symbol.asyncIterator]().next()).value);
if (back.searchParams.get("state") !== state) {
  throw new Error("The state is not the one that was sent");
}
const answer = await fetch(tokenUrl, {
  method: "POST",
  body: new URLSearchParams({
    grant_type: "authorization_code",
    code: back.searchParams.get("code"),
    redirect_uri: redirectUri,
    client_id: clientId,
    code_verifier: verifier,
  }),
});
if (!answer.ok) {
  throw new Error(`The token endpoint answers ${answer.status}`);
}
const token = await answer.json();

client.bearerToken = token.access_token;
const patient = await client.read({ resourceType: "Patient", id: token.patient });
const ids = [];
let bundle = await client.search({
  resourceType: "Observation",
  searchParams: { patient: token.patient, _count: 2 },
});
while (bundle) {
  ids.push(...(bundle.entry ?? []).map((entry) => entry.resource.id));
  bundle = await client.nextPage({ bundle });
}
const posted = await client.search({
  resourceType: "Condition",
  searchParams: { patient: token.patient, "clinical-status": "active" },
  options: { postSearch: true },
});
const practitioner = await client.read({ resourceType: "Practitioner", id: "smart-drake" });
let refused = 0;
try {
  await client.read({ resourceType: "Patient", id: "smart-bert" });
} catch (error) {
  refused = error.response.status;
}
console.log(
  JSON.stringify({
    patient: patient.name[0].family,
    observations: ids.sort(),
    conditions: posted.entry.map((entry) => entry.resource.id).sort(),
    practitioner: practitioner.name[0].family,
    refused,
  }),
);
process.exit(0);
