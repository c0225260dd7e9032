using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Tests.Validation;

/// <summary>A schema with something of everything that rules look at.</summary>
internal static class ReleaseSdl
{
    public const string Text = """
        directive @onQuery on QUERY
        directive @note(text: String!, level: Int = 1) repeatable on FIELD | FRAGMENT_DEFINITION | VARIABLE_DEFINITION | SUBSCRIPTION | INLINE_FRAGMENT
        interface Node { id: ID! }
        interface Named implements Node { id: ID! name(short: Boolean): String }
        type Release implements Node & Named {
          id: ID!
          name(short: Boolean): String
          version: String!
          gates(first: Int = 10, filter: GateFilter, sort: [Order!]): [Gate!]!
          parent: Release
          node: Node
          thing: Thing
        }
        type Gate implements Node & Named {
          id: ID!
          name(short: Boolean): String
          status(at: Order, strict: Boolean! = true): Status!
          count: Int
          version: Int
          release: Release!
          items: [Gate]
          thing: Thing
        }
        type Signer implements Node { id: ID! email(domain: String!): String! count: Int! items: [[Gate]] }
        union Thing = Release | Gate
        union Actor = Signer
        enum Status { PASSED FAILED }
        enum Order { UP DOWN }
        scalar Any
        input GateFilter { status: Status names: [String!] min: Int! = 0 need: Boolean! inner: GateFilter any: Any pick: Pick weight: Float }
        input Pick @oneOf { id: ID name: String }
        type Query {
          release(id: ID!): Release
          node(id: ID, pick: Pick): Node
          named: [Named!]
          thing: Thing
          actor: Actor
          signer: Signer
          any(value: Any, list: [Int], nested: [[Int!]!]): Int
        }
        type Mutation { add(input: GateFilter!, tags: [String]! = []): Release }
        type Subscription { gate(id: ID): Gate release: Release }
        """;

    public static Schema Schema { get; } = SdlSchema.Read(Text);
}
