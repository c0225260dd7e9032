// What a page of releases would ask: a list that grows, an entry that is refetched by its id, and what follows the log.
const { graphql } = require('react-relay');

graphql`
  fragment Releases_list on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" })
  @refetchable(queryName: "ReleasesNextQuery") {
    releases(first: $count, after: $cursor) @connection(key: "Releases_releases") {
      edges {
        node {
          id
          verdict
          ...Releases_entry
        }
      }
    }
  }
`;

graphql`
  fragment Releases_entry on Release @refetchable(queryName: "ReleasesEntryQuery") {
    name
    openedAt
    gates {
      name
    }
  }
`;

graphql`
  query ReleasesQuery {
    ...Releases_list
  }
`;

graphql`
  subscription ReleasesSubscription($from: Long) {
    releaseChanged(from: $from) {
      sequence
      release {
        id
        verdict
      }
    }
  }
`;
