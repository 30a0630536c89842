// Sends messages by node-hl7-client, each when the one before has been answered, and prints each answer's text as JSON.
import { readFileSync } from 'node:fs';
import { Batch, Client, Message } from 'node-hl7-client';

const [port, file, how, ca, pfx, passphrase] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(file, 'utf8'));
const tls = ca && {
  ca: readFileSync(ca),
  servername: 'localhost',
  ...(pfx && { pfx: readFileSync(pfx), passphrase }),
};

// Its reading of an answer throws outside of everybody's reach.
process.on('uncaughtException', (error) => {
  console.log(JSON.stringify(`unread: ${error.message}`));
  process.exit(0);
});

const client = new Client({ host: 'localhost', ...(tls && { tls }) });
let answered;
const connection = client.createConnection({ port: Number(port) }, async (answer) => {
  console.log(JSON.stringify(answer.getMessage().toString()));
  answered();
});
connection.on('client.error', (error) => {
  console.log(JSON.stringify(`broken: ${error.code ?? error.message}`));
  process.exit(0);
});
const messages = texts.map((text) => new Message({ text }));
if (how === 'batch') {
  const batch = new Batch();
  batch.start();
  messages.forEach((message) => batch.add(message));
  batch.end();
  messages.splice(0, messages.length, batch);
}
await new Promise((connected) => connection.once('connect', connected));
for (const message of messages) {
  const next = new Promise((done) => (answered = done));
  await connection.sendMessage(message);
  await next;
}
await connection.close();
process.exit(0);
