using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using Ledger.Integrity.Canonical;

namespace Ledger.Integrity.Tests.Canonical;

/// <summary>
/// The canonicaliser reads JSON by itself. What it takes for JSON is what System.Text.Json takes for JSON, and what it makes of it is what
/// comes of sorting a document's members and writing it again, for texts of every shape and for such with a byte or more changed.
/// </summary>
public class StrictnessTests
{
    private const int Seed = 8785;
    private const int Texts = 20_000;

    // What decides something, much more often than chance would have it.
    private static readonly byte[] Telling = [.. "\"\\{}[]:,.-+eE019 \n\r\t/*ubftrl'"u8, 0x00, 0x1F, 0x20, 0x7F, 0x80, 0xC0, 0xC3, 0xED, 0xEF, 0xF0, 0xFF];

    [Fact]
    public void A_text_with_anything_changed_in_it_is_JSON_to_both_or_to_neither()
    {
        var random = new Random(Seed);
        var accepted = 0;
        for (var i = 0; i < Texts; i++)
        {
            var text = Mutated(random, RandomJson(random, CanonicalJson.MaxDepth + 2));
            var because = $"seed {Seed}, text {i}: {Convert.ToHexString(text)}";
            var output = new ArrayBufferWriter<byte>();
            var taken = CanonicalJson.TryCanonicalize(text, output, out var error);
            if (IsJson(text)) (taken || !IsOfText(error!)).ShouldBeTrue(because);
            else taken.ShouldBeFalse(because);
            if (!taken) continue;
            accepted++;
            Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(Sorted(text), because);
        }

        accepted.ShouldBeGreaterThan(Texts / 20, "else nothing was compared");
    }

    [Fact]
    public void Any_document_comes_out_as_its_members_sorted_and_written_again()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Texts; i++)
        {
            var text = Encoding.UTF8.GetBytes(RandomJson(random, CanonicalJson.MaxDepth));
            Encoding.UTF8.GetString(CanonicalJson.Canonicalize(text)).ShouldBe(Sorted(text), $"seed {Seed}, text {i}: {Encoding.UTF8.GetString(text)}");
        }
    }

    private static bool IsOfText(string error) => error.StartsWith("the text is not", StringComparison.Ordinal);

    private static bool IsJson(byte[] text)
    {
        // A reader steps over a string's bytes without asking whether they are UTF-8.
        if (!System.Text.Unicode.Utf8.IsValid(text)) return false;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Sorted(byte[] text) => Write(JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = CanonicalJson.MaxDepth }));

    // Numbers have tests of their own; a number by itself is written as the rest of the canonicaliser writes it.
    private static string Write(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject members => $"{{{string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{Quoted(member.Key)}:{Write(member.Value)}"))}}}",
        JsonArray items => $"[{string.Join(',', items.Select(Write))}]",
        _ when node.GetValueKind() == JsonValueKind.String => Quoted(node.GetValue<string>()),
        _ when node.GetValueKind() == JsonValueKind.Number => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(node.ToJsonString()))),
        _ => node.ToJsonString(),
    };

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static byte[] Mutated(Random random, string json)
    {
        var text = Encoding.UTF8.GetBytes(json).ToList();
        for (var changes = random.Next(3); changes > 0; changes--)
        {
            var at = random.Next(text.Count + 1);
            switch (random.Next(4))
            {
                case 0: text.Insert(at, Telling[random.Next(Telling.Length)]); break;
                case 1 when at < text.Count: text.RemoveAt(at); break;
                case 2 when at < text.Count: text[at] = Telling[random.Next(Telling.Length)]; break;
                case 3: text.RemoveRange(at, Math.Min(random.Next(4), text.Count - at)); break;
            }
        }

        return [.. text];
    }

    // A small tree, now and then at the bottom of many levels.
    private static string RandomJson(Random random, int depthMax)
    {
        var json = new StringBuilder();
        var levels = random.Next(20) == 0 ? depthMax - random.Next(4) : 0;
        json.Append('[', levels);
        AppendValue(random, json, depth: 0, atMost: Math.Min(4, depthMax - levels));
        return json.Append(']', levels).ToString();
    }

    private static void AppendValue(Random random, StringBuilder json, int depth, int atMost)
    {
        json.Append(Space(random));
        switch (depth < atMost ? random.Next(8) : 2 + random.Next(6))
        {
            case 0: AppendList(random, json, '{', '}', depth, atMost, member: true); break;
            case 1: AppendList(random, json, '[', ']', depth, atMost, member: false); break;
            case 2: json.Append(random.Next(3) switch { 0 => "true", 1 => "false", _ => "null" }); break;
            case 3: json.Append(Number(random)); break;
            default: AppendText(random, json, prefix: string.Empty); break;
        }

        json.Append(Space(random));
    }

    private static void AppendList(Random random, StringBuilder json, char open, char close, int depth, int atMost, bool member)
    {
        json.Append(open);
        var count = random.Next(20) == 0 ? random.Next(40) : random.Next(5);
        for (var i = 0; i < count; i++)
        {
            if (i > 0) json.Append(',');
            if (member)
            {
                json.Append(Space(random));
                AppendText(random, json, prefix: string.Create(CultureInfo.InvariantCulture, $"{i * 7 % 41}"));
                json.Append(Space(random)).Append(':');
            }

            AppendValue(random, json, depth + 1, atMost);
        }

        json.Append(Space(random)).Append(close);
    }

    private static void AppendText(Random random, StringBuilder json, string prefix)
    {
        string[] parts = ["", "a", "service", "ä", "€", "😂", "\uE000", "\uFFFD", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00e9", "\\ud83d\\ude02", "\\u001F", "\u007F", "a longer run of plain text"];
        json.Append('"');
        for (var i = random.Next(4); i > 0; i--) json.Append(parts[random.Next(parts.Length)]);
        json.Append('#').Append(prefix).Append('"');
    }

    private static string Number(Random random) => random.Next(6) switch
    {
        0 => "0",
        1 => "-0",
        2 => random.Next().ToString(CultureInfo.InvariantCulture),
        3 => (-random.NextDouble()).ToString("R", CultureInfo.InvariantCulture),
        4 => string.Create(CultureInfo.InvariantCulture, $"{random.Next(100)}.{random.Next(1000)}e{random.Next(-20, 20)}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{random.Next(100)}E+{random.Next(9)}"),
    };

    private static string Space(Random random) => random.Next(6) switch { 0 => " ", 1 => "\r\n\t ", _ => string.Empty };
}
