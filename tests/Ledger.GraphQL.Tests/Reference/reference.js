// Answers questions about GraphQL with graphql-js. Reads a JSON array of { op, text, schema } from standard input, writes a JSON array of
// answers. The schema is for those that are about a document.
const {
  GraphQLError, Source, buildClientSchema, buildSchema, executeSync, getIntrospectionQuery, getLocation, graphqlSync, parse, print, printSchema, specifiedRules,
  validate, validateSchema,
} = require('graphql');
const { specifiedSDLRules } = require('graphql/validation/specifiedRules');
const { validateSDL } = require('graphql/validation/validate');

const options = { allowEmptySelectionSets: false };

// The tree as plain objects: what is absent or empty is left out, and every node says where it begins.
function tree(value, source) {
  if (Array.isArray(value)) return value.map((each) => tree(each, source));
  if (value === null || typeof value !== 'object') return value;
  const plain = {};
  for (const [key, each] of Object.entries(value)) {
    if (key === 'loc' || each === undefined || (Array.isArray(each) && each.length === 0)) continue;
    plain[key] = tree(each, source);
  }
  if (value.loc) {
    const { line, column } = getLocation(source, value.loc.start);
    plain.at = `${line}:${column}`;
  }
  return plain;
}

function describe(error) {
  if (!(error instanceof GraphQLError)) throw error;
  return { message: error.message, at: (error.locations ?? []).map(({ line, column }) => `${line}:${column}`) };
}

const schemas = new Map();

function schemaOf(text) {
  if (!schemas.has(text)) schemas.set(text, buildSchema(text));
  return schemas.get(text);
}

// What breaks each rule by itself. Incremental delivery is not in the edition.
function judge(rules, check) {
  const broken = {};
  for (const rule of rules) {
    if (/^(Defer|Stream)/.test(rule.name)) continue;
    const errors = check(rule).map(describe);
    if (errors.length > 0) broken[rule.name.replace(/Rule$/, '')] = errors;
  }
  return broken;
}

// What a value of the data stands for: another object, an error, or itself.
function materialize(value, pool) {
  if (Array.isArray(value)) return value.map((each) => materialize(each, pool));
  if (value === null || typeof value !== 'object') return value;
  if (value.$error) return new Error(value.$error);
  return value.$ref ? pool[value.$ref] : value;
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

const answers = {
  parse(text) {
    const source = new Source(text);
    try {
      const document = parse(source, options);
      return { tree: tree(document, source), printed: print(document) };
    } catch (error) {
      return { error: describe(error) };
    }
  },
  validate(text, schema) {
    const document = parse(text);
    return judge(specifiedRules, (rule) => validate(schemaOf(schema), document, [rule], { ...options, maxErrors: 1e6 }));
  },
  sdl(text) {
    const document = parse(text);
    return judge(specifiedSDLRules, (rule) => validateSDL(document, null, [rule]));
  },
  execute({ text, variables, operationName, pool }, schema) {
    const { data, errors } = executeSync({
      schema: schemaOf(schema),
      document: parse(text),
      rootValue: pool.Query,
      variableValues: variables,
      operationName,
      fieldResolver: (source, args, context, { fieldName }) =>
        (fieldName.startsWith('echo') ? JSON.stringify(sorted(args)) : materialize(source[fieldName], pool)),
      typeResolver: (value) => value.__typename,
    });
    return {
      data: data === undefined ? null : JSON.stringify(data),
      errors: (errors ?? []).map((error) => ({ ...describe(error), path: error.path ?? null })),
    };
  },
  // All that introspection can be asked.
  introspectionQuery: () => getIntrospectionQuery({
    descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true,
  }),
  // What a client makes of an answer; and the answer of a server of the same schema.
  introspection: (answer, schema) => ({
    printed: printSchema(buildClientSchema(JSON.parse(answer).data)),
    theirs: JSON.stringify(graphqlSync({ schema: schemaOf(schema), source: answers.introspectionQuery() })),
  }),
  schema(text) {
    const schema = buildSchema(text, { assumeValidSDL: true });
    return { printed: printSchema(schema), errors: validateSchema(schema).map(describe) };
  },
};

let input = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => { input += chunk; });
process.stdin.on('end', () => {
  const questions = JSON.parse(input);
  process.stdout.write(JSON.stringify(questions.map(({ op, text, schema }) => answers[op](text, schema))));
});
