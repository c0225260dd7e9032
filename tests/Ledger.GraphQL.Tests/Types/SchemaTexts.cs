namespace Ledger.GraphQL.Tests.Types;

/// <summary>Schemas: some right, the others each wrong in one way.</summary>
internal static class SchemaTexts
{
    public static List<(string Name, string Sdl)> All { get; } =
    [
        ("everything", Everything),
        ("custom roots", "schema { query: Q mutation: M subscription: S } type Q { a: Int } type M { a: Int } type S { a: Int }"),
        ("described schema", "\"what\" schema { query: Query } type Query { a: Int }"),
        ("an unusual name beside the usual one", "schema { query: Q } type Q { a: Int } type Query { a: Int }"),
        ("extensions", """
            type Query { a: A } extend type Query { b: E } interface A { a: Int } extend interface A { b: Int } type T { a: Int b: Int } extend type T implements A
            enum E { A } extend enum E { B } union U = T extend union U = Query input I { a: Int } extend input I { b: I = {a: 1} } scalar S extend scalar S @specifiedBy(url: "https://example.com")
            """),
        ("descriptions that no block string can say", "\" indented\" type Query { \"\" a: Int \"tab\\tand \\\"\\\"\\\" quotes\" b: Int \"bell \\u0007\" c: Int \"ends in \\\\\" d: Int \"two\\n lines\" e(\"first\" f: Int \"\"\"second\"\"\" g: Int): Int }"),
        ("no query type", "type Mutation { a: Int }"),
        ("shared roots", "schema { query: A mutation: A } type A { a: Int }"),
        ("all roots shared", "schema { query: A mutation: A subscription: A } type A { a: Int }"),
        ("type without fields", "type Query"),
        ("reserved names", "type Query { __a(__b: Int): __C } enum __C { __D } input __E { __f: Int } directive @__g(__h: Int) on FIELD"),
        ("input type for a field", "type Query { a: I } input I { a: Int }"),
        ("output type for an argument", "type Query { a(b: Query): Int }"),
        ("output type for an input field", "type Query { a(b: I): Int } input I { c: [Query!] }"),
        ("output type for a directive", "type Query { a: Int } directive @d(a: [Query]) on FIELD"),
        ("deprecated and required", "type Query { a(b: Int! @deprecated c: Int! = 1 @deprecated): Int } input I { a: Int! @deprecated } directive @d(a: Int! @deprecated) on FIELD"),
        ("interface field missing", "type Query implements A { b: Int } interface A { a: Int b: Int }"),
        ("interface field of another type", "type Query implements A { a: String b: Int c: [Int] } interface A { a: Int b: Int! c: [Int!] }"),
        ("interface field covariant", "type Query implements A { a: Query b: [Query!]! c: Query } interface A { a: A b: [A] c: U } union U = Query"),
        ("interface argument missing", "type Query implements A { a: Int } interface A { a(b: Int): Int }"),
        ("interface argument of another type", "type Query implements A { a(b: Int): Int } interface A { a(b: Int!): Int }"),
        ("argument beyond the interface's", "type Query implements A { a(b: Int!, c: Int, d: Int! = 1): Int } interface A { a: Int }"),
        ("interface not deprecated", "type Query implements A { a: Int @deprecated } interface A { a: Int }"),
        ("interface implemented twice", "type Query implements A & A { a: Int } interface A { a: Int }"),
        ("interface of an interface not implemented", "type Query implements A { a: Int } interface A implements B { a: Int } interface B { a: Int }"),
        ("interface that implements itself", "type Query { a: A } interface A implements A { a: Int }"),
        ("interfaces in a circle", "type Query { a: A } interface A implements B { a: Int } interface B implements A { a: Int }"),
        ("union without members", "type Query { a: U } union U"),
        ("union with a member twice", "type Query { a: U } union U = Query | Query"),
        ("enum without values", "type Query { a: E } enum E"),
        ("input object without fields", "type Query { a(b: I): Int } input I"),
        ("one of non-null or with a default", "type Query { a(b: I): Int } input I @oneOf { a: Int! b: Int = 1 c: Int }"),
        ("defaults of other types", """
            type Query { a(b: Int = "x" c: [Int!] = [1, null] d: E = C e: I = {f: 1, h: 2} i: I = {} j: Boolean! = null k: O = {l: 1, m: 2} n: O = {l: null} o: [I] = [{g: "x"}]): Int }
            enum E { A } input I { f: String g: Int! } input O @oneOf { l: Int m: Int }
            """),
        ("defaults that fit", "type Query { a(b: Float = 1 c: [Int] = 2 d: ID = 3 e: [[Int]] = [1] f: String = null g: S = {h: [A]}): Int } scalar S"),
        ("input object that needs itself", "type Query { a(b: I): Int } input I { c: I! d: [I!]! e: I }"),
        ("input objects that need one another", "type Query { a(b: I): Int } input I { c: J! } input J { d: Int e: K! } input K { f: I! }"),
        ("one of that leads back", "type Query { a(b: I): Int } input I @oneOf { c: J } input J { d: I! }"),
        ("one of with a way out", "type Query { a(b: I): Int } input I @oneOf { c: J e: Int } input J { d: I! }"),
        ("default that leads back to itself", "type Query { a(b: I): Int } input I { c: I = {} }"),
        ("default that leads back through another", "type Query { a(b: I): Int } input I { c: J = {d: {}} } input J { d: I = {} e: Int }"),
        ("defaults that rest on defaults", "type Query { a(b: I = {}): Int } input I { c: J = {} } input J { d: Int = 1 }"),
        ("directive on a directive's argument type", "type Query { a: Int } directive @d(a: Int = \"x\") repeatable on FIELD | QUERY"),
    ];

    private const string Everything = """"
        """
        What may go,
          and what may not.
        """
        schema { query: Root mutation: Change }
        directive @plain on FIELD
        "A directive." directive @full("Why." reason: String = "none" level: Level = HIGH) repeatable on FIELD_DEFINITION | OBJECT
        type Root implements Node & Named @full { id: ID! name(short: Boolean = false, length: Int = 10): String "Old." old: Int @deprecated other(a: In = {list: [1, 2], deep: {text: "x"}}): [Thing!]! @deprecated(reason: "Use \"name\".") }
        interface Node { id: ID! }
        interface Named implements Node { id: ID! name(short: Boolean = false, length: Int = 10): String }
        type Change { "Documented." set(
            "The first." a: Int
            b: [String!] = ["x", "y"] @deprecated(reason: "gone")): Boolean }
        union Thing = Root | Change
        enum Level { "Very." HIGH LOW @deprecated }
        scalar Time @specifiedBy(url: "https://example.com/time")
        input In { list: [Int!] = [1] deep: Deep time: Time }
        input Deep { text: String! other: In number: Float = 1.50e3 }
        input Choice @oneOf { a: Int b: In }
        """";
}
