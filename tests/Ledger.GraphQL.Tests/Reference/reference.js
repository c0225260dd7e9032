// Answers questions about GraphQL with graphql-js. Reads a JSON array of { op, text } from standard input, writes a JSON array of answers.
const { GraphQLError, Source, buildSchema, getLocation, parse, print, printSchema, validateSchema } = require('graphql');

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
  process.stdout.write(JSON.stringify(questions.map(({ op, text }) => answers[op](text))));
});
