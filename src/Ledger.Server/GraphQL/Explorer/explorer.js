// Shows GraphiQL over this server's own endpoint. The token stays in the tab: it is in no address, and in no storage that outlives it.
(() => {
  'use strict';

  const storageKey = 'ledger:token';
  const field = document.getElementById('token');
  const standing = document.getElementById('standing');
  const firstQuery = `# Give a token above, then run this with Ctrl-Enter.
# Ctrl-Space completes what is typed.
# The book at the left describes every field.
{
  viewer {
    subject
    role
  }
  releases(first: 10) {
    nodes {
      name
      environment
      verdict
      openedAt
    }
  }
}
`;

  // One request; a subscription's answers come as server-sent events.
  async function ask(parameters, options = {}) {
    const token = field.value.trim();
    standing.textContent = token ? '' : 'Nothing is told without a token.';
    if (!token) return { errors: [{ message: 'Give a token above, then ask again.' }] };
    const ended = new AbortController();
    const headers = {
      Authorization: `Bearer ${token}`,
      ...options.headers,
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json;q=0.9, text/event-stream;q=0.8',
    };
    const answer = await fetch(location.pathname, { method: 'POST', headers, body: JSON.stringify(parameters), signal: ended.signal });
    if (answer.status === 401 || answer.status === 403) standing.textContent = 'This token does not open the ledger.';
    if (!(answer.headers.get('Content-Type') ?? '').startsWith('text/event-stream')) return answer.json();
    const events = read(answer.body, ended.signal);
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => events.next(),
        return() {
          ended.abort();
          return events.return();
        },
      }),
    };
  }

  async function* read(body, ended) {
    const parts = body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    try {
      for (;;) {
        const { done, value } = await parts.read();
        if (done) return;
        text += value;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const lines = text.slice(0, end).split('\n');
          text = text.slice(end + 2);
          if (lines.includes('event: complete')) return;
          const data = lines.find((line) => line.startsWith('data: '));
          if (data) yield JSON.parse(data.slice('data: '.length));
        }
      }
    } catch (error) {
      if (!ended.aborted) throw error;
    }
  }

  const root = ReactDOM.createRoot(document.getElementById('explorer'));
  let shown = 0;

  // Another token may see another schema, so it is asked for anew.
  function show() {
    root.render(React.createElement(GraphiQL, {
      key: shown++,
      fetcher: ask,
      defaultQuery: firstQuery,
      inputValueDeprecation: true,
      schemaDescription: true,
      shouldPersistHeaders: false,
    }));
  }

  field.value = sessionStorage.getItem(storageKey) ?? '';
  field.addEventListener('change', () => {
    sessionStorage.setItem(storageKey, field.value.trim());
    show();
  });
  document.getElementById('who').addEventListener('submit', (event) => {
    event.preventDefault();
    field.blur();
  });
  show();
})();
