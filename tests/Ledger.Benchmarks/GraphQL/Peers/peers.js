// Serves the benchmark's schema: node peers.js graphql-js | graphql-js-cached | mercurius PORT RELEASES.json
const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');

const [, , name, port, data] = process.argv;
const releases = new Map(JSON.parse(readFileSync(data, 'utf8')).map((release) => [release.id, release]));
const sdl = readFileSync(`${__dirname}/schema.graphql`, 'utf8');

function kept(make) {
  const known = new Map();
  return (key, ...rest) => {
    if (!known.has(key)) known.set(key, make(key, ...rest));
    return known.get(key);
  };
}

function graphqlJs(options) {
  const { buildSchema } = require('graphql');
  const { createHandler } = require('graphql-http/lib/use/http');
  const schema = buildSchema(sdl);
  schema.getQueryType().getFields().release.resolve = (_, { id }) => releases.get(id) ?? null;
  createServer(createHandler({ schema, ...options })).listen(Number(port), '127.0.0.1');
}

const servers = {
  'graphql-js': () => graphqlJs({}),
  'graphql-js-cached'() {
    const { parse, validate } = require('graphql');
    const validateOnce = kept((document, schema) => validate(schema, document));
    graphqlJs({ parse: kept((text) => parse(text)), validate: (schema, document) => validateOnce(document, schema) });
  },
  mercurius() {
    const app = require('fastify')();
    app.register(require('mercurius'), { schema: sdl, resolvers: { Query: { release: (_, { id }) => releases.get(id) ?? null } }, jit: 1 });
    app.listen({ port: Number(port), host: '127.0.0.1' });
  },
};

servers[name]();
