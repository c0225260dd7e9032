// Lets clients talk to a server. Reads { what, url } from standard input, writes what they saw.
const { serverAudits } = require('graphql-http');
const sse = require('graphql-sse');
const ws = require('graphql-ws');
const WebSocket = require('ws');

function collect(client, payload) {
  return new Promise((resolve) => {
    const seen = [];
    client.subscribe(payload, {
      next: (value) => seen.push(value),
      error: (error) => resolve([...seen, { error: Array.isArray(error) ? error.map(({ message }) => message) : String(error.message ?? error) }]),
      complete: () => resolve([...seen, 'complete']),
    });
  });
}

// A query, a subscription to its end, two at once, a refusal; and one that is ended by the client.
async function talk(client) {
  const seen = {
    query: await collect(client, { query: '{ a }' }),
    subscription: await collect(client, { query: 'subscription($to: Int!) { counted(to: $to) }', variables: { to: 3 } }),
    both: await Promise.all([1, 2].map((to) => collect(client, { query: `subscription { counted(to: ${to}) }` }))),
    refused: await collect(client, { query: '{ missing }' }),
  };
  const endless = client.iterate({ query: 'subscription { counted(to: 1000000) }' });
  seen.first = (await endless.next()).value;
  await endless.return();
  seen.after = await collect(client, { query: '{ a }' });
  await client.dispose();
  return seen;
}

const clients = {
  async audits(url) {
    const results = [];
    for (const audit of serverAudits({ url })) {
      const { id, name, status, reason } = await audit.fn();
      results.push({ id, name, status, reason });
    }
    return results;
  },
  sockets: (url) => talk(ws.createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 })),
  streams: (url) => talk(sse.createClient({ url, retryAttempts: 0 })),
  sharedStreams: (url) => talk(sse.createClient({ url, singleConnection: true, retryAttempts: 0 })),
};

let input = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => { input += chunk; });
process.stdin.on('end', async () => {
  const { what, url } = JSON.parse(input);
  process.stdout.write(JSON.stringify(await clients[what](url)));
  process.exit(0);
});
