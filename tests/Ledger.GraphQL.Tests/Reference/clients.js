// Lets clients talk to a server. Reads { what, url, token, asks } from standard input, writes what they saw. The token is for servers
// that want one; asks are the documents, where the server is not the one of the engine's own tests.
const { serverAudits } = require('graphql-http');
const sse = require('graphql-sse');
const ws = require('graphql-ws');
const WebSocket = require('ws');

const counting = {
  query: { query: '{ a }' },
  subscription: { query: 'subscription($to: Int!) { counted(to: $to) }', variables: { to: 3 } },
  both: [1, 2].map((to) => ({ query: `subscription { counted(to: ${to}) }` })),
  refused: { query: '{ missing }' },
  endless: { query: 'subscription { counted(to: 1000000) }' },
};

// Of a client that is subscribed to: every answer, then how it ended; or the first few, and then it is left.
function collect(client, payload, count = Infinity) {
  return new Promise((resolve) => {
    const seen = [];
    const end = (last) => resolve(last === undefined ? seen : [...seen, last]);
    const leave = client.subscribe(payload, {
      next(value) {
        if (seen.length >= count) return;
        seen.push(value);
        if (seen.length < count) return;
        queueMicrotask(() => leave());
        end();
      },
      error: (error) => end({ error: messagesOf(error) }),
      complete: () => end('complete'),
    });
  });
}

function messagesOf(error) {
  const errors = Array.isArray(error) ? error : error.errors ?? error.graphQLErrors;
  return errors?.length > 0 ? errors.map(({ message }) => message) : String(error.message ?? error);
}

// A query, a subscription to its end, two at once, a refusal; and one that is left by the client, after which the connection still serves.
async function talk(client, asks = counting) {
  const seen = {};
  if (asks.query) seen.query = await collect(client, asks.query);
  if (asks.subscription) seen.subscription = await collect(client, asks.subscription, asks.count);
  if (asks.both) seen.both = await Promise.all(asks.both.map((each) => collect(client, each)));
  if (asks.refused) seen.refused = await collect(client, asks.refused);
  if (asks.endless) {
    [seen.first] = await collect(client, asks.endless, 1);
    seen.after = await collect(client, asks.query);
  }
  await client.dispose();
  return seen;
}

const bearer = (token) => (token ? { Authorization: `Bearer ${token}` } : {});
const sockets = (url, token) => ws.createClient({
  url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: token ? { authorization: bearer(token).Authorization } : undefined,
});

function apollo(url, token) {
  const { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } = require('@apollo/client');
  const { GraphQLWsLink } = require('@apollo/client/link/subscriptions');
  const { from } = require('rxjs');
  const socket = sockets(url, token);
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(({ operationType }) => operationType === 'subscription', new GraphQLWsLink(socket), new HttpLink({ uri: url, headers: bearer(token) })),
  });
  return {
    subscribe({ query, variables }, sink) {
      const asked = { query: gql(query), variables, fetchPolicy: 'no-cache' };
      const answers = query.startsWith('subscription') ? client.subscribe(asked) : from(client.query(asked));
      const taken = answers.subscribe({ ...sink, next: ({ data, error }) => (error ? sink.error(error) : sink.next({ data })) });
      return () => taken.unsubscribe();
    },
    dispose() {
      client.stop();
      return socket.dispose();
    },
  };
}

// Subscriptions as server-sent events, which it reads by itself.
function urql(url, token) {
  const { Client, fetchExchange } = require('@urql/core');
  const { onEnd, pipe, subscribe } = require('wonka');
  const client = new Client({ url, exchanges: [fetchExchange], fetchSubscriptions: true, preferGetMethod: false, fetchOptions: { headers: bearer(token) } });
  return {
    subscribe({ query, variables }, sink) {
      const isSubscription = query.startsWith('subscription');
      let hasFailed = false;
      const taken = pipe(
        isSubscription ? client.subscription(query, variables) : client.query(query, variables, { requestPolicy: 'network-only' }),
        onEnd(() => hasFailed || sink.complete()),
        subscribe(({ data, error, hasNext }) => {
          // The end of a stream is told by its last answer once more.
          if (isSubscription && !hasNext && !error) return;
          hasFailed = error !== undefined;
          if (hasFailed) sink.error(error);
          else sink.next({ data });
          if (!isSubscription && !hasFailed) sink.complete();
        }),
      );
      return () => taken.unsubscribe();
    },
    dispose() {},
  };
}

const clients = {
  async audits(url, token) {
    const results = [];
    const fetchFn = (to, options = {}) => fetch(to, { ...options, headers: { ...bearer(token), ...options.headers } });
    for (const audit of serverAudits({ url, fetchFn })) {
      const { id, name, status, reason } = await audit.fn();
      results.push({ id, name, status, reason });
    }
    return results;
  },
  sockets: (url, token, asks) => talk(sockets(url, token), asks),
  streams: (url, token, asks) => talk(sse.createClient({ url, retryAttempts: 0, headers: bearer(token) }), asks),
  sharedStreams: (url, token, asks) => talk(sse.createClient({ url, singleConnection: true, retryAttempts: 0, headers: bearer(token) }), asks),
  apollo: (url, token, asks) => talk(apollo(url, token), asks),
  urql: (url, token, asks) => talk(urql(url, token), asks),
};

// What a client ends by itself, some of them report to nobody.
process.on('unhandledRejection', (error) => {
  if (error?.name !== 'AbortError') throw error;
});

let input = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => { input += chunk; });
process.stdin.on('end', async () => {
  const { what, url, token, asks } = JSON.parse(input);
  process.stdout.write(JSON.stringify(await clients[what](url, token, asks ?? undefined)), () => process.exit(0));
});
