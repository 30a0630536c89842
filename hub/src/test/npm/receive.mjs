// A receiver by node-hl7-server. Prints "listening", and of each message its length and family name as JSON.
import { readFileSync } from 'node:fs';
import { Server } from 'node-hl7-server';

const [port, code, key, cert, ca] = process.argv.slice(2);
const server = new Server({
  bindAddress: '127.0.0.1',
  ...(key && {
    tls: {
      key: readFileSync(key),
      cert: readFileSync(cert),
      ...(ca && { requestCert: true, ca: readFileSync(ca) }),
    },
  }),
});
const inbound = server.createInbound({ port: Number(port) }, async (request, response) => {
  const message = request.getMessage();
  console.log(
    JSON.stringify({ length: message.toString().length, name: message.get('PID.5.1').toString() }),
  );
  await response.sendResponse(code);
});
inbound.on('listen', () => console.log('listening'));
process.stdin.on('end', () => process.exit(0)).resume();
