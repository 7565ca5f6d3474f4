// Stands in for src/cli.ts: it answers like the controller but knows no calls.
import { createServer } from 'node:http';
import { readConfig } from '../../src/config.ts';

const config = readConfig(process.env);
const site = {
  numbers: [{ number: '100', flow: 'main' }],
  agents: [{ id: 'anna', name: 'Anna', extension: '201' }],
};
const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(request.url === '/v1/site' ? site : { databaseUrl: config.databaseUrl !== undefined }));
});
server.listen(config.http.port, config.http.host);
process.once('SIGTERM', () => process.exit(0));
