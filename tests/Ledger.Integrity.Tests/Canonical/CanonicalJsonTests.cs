using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;

using FsCheck;
using FsCheck.Fluent;

using Ledger.Integrity.Canonical;

namespace Ledger.Integrity.Tests.Canonical;

public class CanonicalJsonTests
{
    [Theory]
    [InlineData(""" { "b" : [ 1 , true , null ] , "a" : { } , "c" : [ ] } """, """{"a":{},"b":[1,true,null],"c":[]}""")]
    [InlineData("""{"b":{"z":1,"y":{"d":1,"c":2}},"a":0}""", """{"a":0,"b":{"y":{"c":2,"d":1},"z":1}}""")]
    [InlineData("""{"10":1,"1":2,"":3,"a":4,"A":5}""", """{"":3,"1":2,"10":1,"A":5,"a":4}""")]
    [InlineData("\t\"text\"\r\n", "\"text\"")]
    [InlineData("[[[]],{}]", "[[[]],{}]")]
    [InlineData("false", "false")]
    public void White_space_goes_and_members_are_ordered_at_every_level(string json, string expected) => Canonical(json).ShouldBe(expected);

    [Theory]
    [InlineData(@"""\u0008\u0009\u000a\u000c\u000d""", @"""\b\t\n\f\r""")]
    [InlineData(@"""\u0001\u001F\u007f""", "\"\\u0001\\u001f\u007f\"")]
    [InlineData(@"""\""\\\/\u0022\u005C\u002f""", @"""\""\\/\""\\/""")]
    [InlineData(@"""\u20AC\u0041\u00f6""", "\"€Aö\"")]
    [InlineData(@"""\ud83d\ude02 😂""", "\"😂 😂\"")]
    [InlineData(@"""\uFFFF\u2028""", "\"\uFFFF\u2028\"")]
    [InlineData(@"""before \u0041 after""", "\"before A after\"")]
    public void Strings_keep_only_the_escapes_that_JSON_needs(string json, string expected) => Canonical(json).ShouldBe(expected);

    [Fact]
    public void Members_are_ordered_by_UTF16_code_units_and_not_by_code_points_or_by_escapes()
    {
        // U+1F602 is D83D DE02 in UTF-16, and so comes before U+E000 and U+FB33, though its code point is larger.
        const string json = """{"\ufb33":7,"\ue000":6,"😂":5,"\u20ac":4,"ö":3,"1":2,"\r":0,"\"":1,"\\":2.5}""";
        Canonical(json).ShouldBe("{\"\\r\":0,\"\\\"\":1,\"1\":2,\"\\\\\":2.5,\"ö\":3,\"€\":4,\"😂\":5,\"\uE000\":6,\"\uFB33\":7}");
    }

    [Fact]
    public void The_order_is_that_of_ordinal_string_comparison_for_any_names() =>
        Prop.ForAll<NonNull<string>[]>(wanted =>
        {
            var names = wanted.Select(n => string.Concat(n.Get.Where(c => c != '\0' && !char.IsSurrogate(c)))).Append("\uFFFD").Append("😂").Distinct().ToList();
            var json = new JsonObject(names.Select(n => KeyValuePair.Create(n, (JsonNode?)JsonValue.Create(n))));
            var canonical = JsonNode.Parse(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json.ToJsonString())))!.AsObject();
            canonical.Select(member => member.Key).ShouldBe(names.Order(StringComparer.Ordinal));
            canonical.ShouldAllBe(member => member.Value!.GetValue<string>() == member.Key);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(500)]
    public void Objects_of_any_size_are_ordered_and_lose_nothing(int count)
    {
        var names = Enumerable.Range(0, count).Select(i => $"n{i * 7919 % count:0000}").ToList();
        var json = "{" + string.Join(", ", names.Select(n => $$"""  "{{n}}" : {"v":"{{n}}"} """)) + "}";
        Canonical(json).ShouldBe("{" + string.Join(",", names.Order(StringComparer.Ordinal).Select(n => $$"""{{'"'}}{{n}}":{"v":"{{n}}"}""")) + "}");
    }

    [Theory]
    [InlineData("""{"a":1,"a":1}""", "\"a\" occurs twice")]
    [InlineData("""{"a":1,"b":2,"a":3}""", "\"a\" occurs twice")]
    [InlineData("""{"b":1,"a":2,"b":3}""", "\"b\" occurs twice")]
    [InlineData("""{"a":1,"\u0061":2}""", "\"a\" occurs twice")]
    [InlineData("""{"x":[0,{"y":{"a":1,"a":2}}]}""", "$.x[1].y")]
    [InlineData("""{"x":"\ud83d"}""", "lone surrogate \\ud83d")]
    [InlineData("""{"x":"\ude02\ud83d"}""", "$.x")]
    [InlineData("""{"x":"\ud83d\u0041"}""", "lone surrogate")]
    [InlineData("""{"\udead":1}""", "lone surrogate")]
    [InlineData("""["a\u0000b"]""", "$[0]")]
    [InlineData("""{"\u0000":1}""", "\\u0000")]
    [InlineData("{} {}", "not JSON")]
    [InlineData("[1,]", "not JSON")]
    [InlineData("{\"a\":1,}", "not JSON")]
    [InlineData("[1] // why", "not JSON")]
    [InlineData("/* why */ 1", "not JSON")]
    [InlineData("'a'", "not JSON")]
    [InlineData("{a:1}", "not JSON")]
    [InlineData("\"tab\tinside\"", "not JSON")]
    [InlineData("\uFEFF{}", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("  ", "not JSON")]
    [InlineData("[", "not JSON")]
    public void What_two_readers_could_take_differently_is_refused_with_the_place(string json, string part)
    {
        var output = new ArrayBufferWriter<byte>();
        CanonicalJson.TryCanonicalize(Encoding.UTF8.GetBytes(json), output, out var error).ShouldBeFalse();
        error.ShouldContain(part);
        output.WrittenCount.ShouldBe(0);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xFF, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xC0, 0x80, (byte)'"' })] // overlong NUL
    [InlineData(new byte[] { (byte)'"', 0xED, 0xA0, 0xBD, (byte)'"' })] // a surrogate in UTF-8
    [InlineData(new byte[] { (byte)'"', 0xE2, 0x82, (byte)'"' })]
    public void What_is_not_UTF8_is_refused(byte[] json)
    {
        CanonicalJson.TryCanonicalize(json, new ArrayBufferWriter<byte>(), out var error).ShouldBeFalse();
        error.ShouldContain("UTF-8");
    }

    [Fact]
    public void Nesting_is_accepted_to_the_limit_and_refused_beyond_it()
    {
        var deepest = new string('[', CanonicalJson.MaxDepth) + new string(']', CanonicalJson.MaxDepth);
        Canonical(deepest).ShouldBe(deepest);
        Should.Throw<FormatException>(() => Canonical($"[{deepest}]"));
        Should.Throw<FormatException>(() => Canonical(new string('[', 1_000_000)));
    }

    [Fact]
    public void A_refusal_leaves_nothing_behind_for_the_next_text()
    {
        Should.Throw<FormatException>(() => Canonical("""{"a":{"b":[1,{"c":1,"c":2}]}}"""));
        Canonical("""{"b":1,"a":{"d":1,"c":2}}""").ShouldBe("""{"a":{"c":2,"d":1},"b":1}""");
    }

    [Fact]
    public void The_canonical_form_is_its_own_canonical_form()
    {
        const string json = """{"z":[1.50,{"b":"\u00e9","a":-0}],"Ω":1e21,"a\"":"\\"}""";
        var canonical = CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json));
        CanonicalJson.Canonicalize(canonical).ShouldBe(canonical);
        CanonicalJson.IsCanonical(canonical).ShouldBeTrue();
        CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(json)).ShouldBeFalse();
    }

    [Fact]
    public void Any_double_survives_and_canonicalising_twice_changes_nothing() =>
        Prop.ForAll<NormalFloat>(number =>
        {
            var canonical = CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(number.Get.ToString("E16", System.Globalization.CultureInfo.InvariantCulture)));
            double.Parse(canonical, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(number.Get);
            CanonicalJson.Canonicalize(canonical).ShouldBe(canonical);
        }).QuickCheckThrowOnFailure();

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)));
}
