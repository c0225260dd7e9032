using Ledger.GraphQL.Tests.Reference;

namespace Ledger.GraphQL.Tests.Validation;

/// <summary>Definitions against graphql-js: what keeps a document from becoming a schema, before any type is made.</summary>
public class TypeSystemAgreementTests
{
    private static readonly string[] Texts =
    [
        "type Query { a: Int }",
        "schema { query: Q } schema { query: Q } type Q { a: Int }",
        "schema { query: Q query: Q mutation: Q } extend schema { mutation: Q subscription: Q } type Q { a: Int }",
        "type A { a: Int } scalar A union A = A enum A { B } input A { a: Int } interface A { a: Int }",
        "enum E { A B A } extend enum E { B C } enum F { A }",
        "type A { a: Int b: Int a: Int } extend type A { b: Int } interface B { a: Int a: Int } input C { a: Int a: Int } extend input C { a: Int }",
        "type A { a(b: Int c: Int b: Int): Int } extend interface B { a(b: Int b: Int b: Int): Int } interface B { b: Int } directive @d(a: Int a: Int) on FIELD",
        "directive @d on FIELD directive @e on FIELD directive @d on QUERY",
        "type Query { a(b: Foo): Fop } union U = Quer | Query extend type Query implements Nod input I { a: Stringg } scalar Foo",
        "type Query { a: ID b: __Type c: Boolea }",
        "type Query @skip(if: true) { a: Int @deprecated b: Int @nothing @specifiedBy(url: \"x\") } enum E @deprecated { A @deprecated } scalar S @specifiedBy(url: \"x\") @oneOf input I @oneOf { a: Int @deprecated }",
        "directive @d on OBJECT | SCHEMA directive @r repeatable on OBJECT | FIELD_DEFINITION type A @d @r @r { a: Int @r @r } extend type A @d schema @d { query: A } extend schema @d",
        "extend type A { a: Int } type B { a: Int } extend interface B { a: Int } extend scalar B @specifiedBy(url: \"x\") extend union B = C extend enum B { A } extend input B { a: Int } scalar C extend type C { a: Int }",
        "scalar S @specifiedBy scalar T @specifiedBy(url: \"x\" url: \"y\" ur: \"z\") directive @d(a: Int! b: Int! = 1 c: [Int!]!) on OBJECT type A @d(c: [] x: 1) { a: Int @deprecated(reson: \"x\") }",
        "directive @d(a: I = {b: 1 b: 2 c: {d: 1 d: 2}}) on FIELD input I { b: Int = 1 c: I } type Query { a(b: I = {b: 1 b: 3}): Int }",
        "directive @specifiedBy(other: Int!) on OBJECT type A @specifiedBy { a: Int }",
    ];

    [Fact]
    public void Definitions_break_the_same_rules_in_the_same_words_at_the_same_places()
    {
        foreach (var (text, answer) in Texts.Zip(GraphQLJs.Ask("sdl", Texts)))
            Verdict.OfTypeSystem(Verdict.Parse(text)).ShouldBe(Verdict.Of(answer!, namesRules: false), text);
    }

    [Fact]
    public void Each_text_but_the_first_is_wrong() =>
        Texts.Select(text => Verdict.OfTypeSystem(Verdict.Parse(text)).Count == 0).ShouldBe([true, .. Enumerable.Repeat(false, Texts.Length - 1)]);

    [Fact]
    public void A_request_is_no_type_system() =>
        Ledger.GraphQL.Types.SdlSchema.TryRead("type Query { a: Int } query ($v: X) { a ...F } fragment F on Y { z }", out _, out var errors)
            .ShouldBeFalse(string.Join('\n', errors));
}
