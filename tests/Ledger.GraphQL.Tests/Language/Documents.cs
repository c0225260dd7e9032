namespace Ledger.GraphQL.Tests.Language;

/// <summary>Documents that between them use every part of the grammar, and some that nearly are documents.</summary>
internal static class Documents
{
    public static IReadOnlyList<string> All { get; } =
    [
        "{a}", "{ }", "", "   ", "# only a comment", "query", "query {", "query Q", "{a:}", "{a(b:)}", "{a b", "{...}", "{... on}", "{...on T}", "{...on @d{a}}",
        "{... @d {a}}", "{...F@d}", "fragment on on T{a}", "fragment F{a}", "fragment F on on{a}", "subscription S{a}", "\"why\"{a}", "\"why\" query{a}", "\"why\"",
        "\"why\" extend type T{a:B}", "\"why\" nothing", "extend", "extend type T", "extend nothing", "extend schema", "extend schema @d", "extend union U", "extend union U=A",
        "type T implements", "type T implements &A&B", "type T implements A B", "type T{}", "type T{a}", "type T{a:}", "type T", "union U=", "union U=|A|B", "enum E{true}",
        "enum E{A B @d}", "input I{a:B=$c}", "input I{a:B=1 @d}", "directive @d on", "directive @d on FIELD|", "directive @d repeatable on |FIELD|QUERY", "directive @d on NOWHERE",
        "directive d on FIELD", "schema{query:Q}", "schema{}", "schema @d{query:Q mutation:M}", "scalar S @specifiedBy(url:\"u\")", "{a(b:{c:[1,{d:$e}]})}", "query($a:[[T!]!]!=[[1]]@d){a}",
        "query(\"what\" $a:T){a}", "query($a:T=$b){a}", "query($a:T=$){a}", "query(){a}", "{a()}", "{a(b:1.)}", "{a(b:1.a)}", "{a(b:1e)}", "{a(b:1e+)}", "{a(b:00)}", "{a(b:-)}",
        "{a(b:.1)}", "{a(b:1x)}", "{a(b:0x1)}", "{a(b:\"\\q\")}", "{a(b:\"\\u12\")}", "{a(b:\"\\u{110000}\")}", "{a(b:\"\\u{}\")}", "{a(b:\"\\u{D800}\")}", "{a(b:\"\\uD83D\")}",
        "{a(b:\"\\uD83D\\uD83D\")}", "{a(b:\"\\uDE00\")}", "{a(b:\"\\uD83D\\uDE00\")}", "{a(b:\"\\u{1F600}\")}", "{a(b:\"\\u{000000001}\")}", "{a(b:\"open", "{a(b:\"open\n\")}", "{a(b:\"\"\"open",
        "{a(b:\"\"\"\"\"\")}", "{a(b:\"\"\"\n  a\n    b\n\n  \"\"\")}", "{a(b:\"\"\"x\r\n  y\r  z\"\"\")}", "{a(b:\"\"\" \\\"\"\" \"\"\")}", "{a(b:\"\"\"ends in \\\\\"\"\")}", "{a(b:'x')}", "{a?}",
        "{a}\u00e9", "\uFEFF{a}", "{a,,,b,}", "{a}\0", "{\r\n  a\r  b\n  ?\n}", "{a(b:\"\U0001F600\U0001F600\" c:?)}", "{ \U0001F600 }", "..", ".", "{a ..F}", "{a ....F}", "{true null on}",
        "query true{a}", "{a(true:true)}", "{a(b:$true)}", "{on:on}", "query Long($aaaaaaaaaaaaaaaaaaaaaaaa:Int,$bbbbbbbbbbbbbbbbbbbbbbbb:Int){field(aaaaaaaaaaaaaaaaaaaaaaaa:$aaaaaaaaaaaaaaaaaaaaaaaa,bbbbbbbbbbbb:$bbbbbbbbbbbbbbbbbbbbbbbb)}",
        "{a(b:[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"])}",
        "{a(b:{cccccccccccccccccccccccc:\"ccccccccccccccccccccccccccc\",ddddddddddddddddd:\"dddddddddddddddddddddddddddd\"})}",
        "\"\"\"what\nit is\"\"\"\ntype T implements A & B @d {\n  \"one\" a(\"two\" b: C = {d: [E]} @f): [G!]! @h(i: 1)\n  j: K\n}\nextend type T implements L\ninterface M implements N { o: P }\nextend interface M @q",
    ];
}
