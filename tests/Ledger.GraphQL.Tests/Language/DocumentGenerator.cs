using System.Text;

namespace Ledger.GraphQL.Tests.Language;

/// <summary>Documents at random, the same for the same seed: most are GraphQL, and one in three has a few characters spoiled.</summary>
internal sealed class DocumentGenerator(int seed)
{
    private const int DepthMax = 4;

    private static readonly string[] Names = ["a", "on", "type", "query", "fragment", "_x1", "true", "null", "input", "extend", "Type", "repeatable"];
    private static readonly string[] Values =
        ["0", "-1", "12.50", "6.0e-3", "1E9", "\"\"", "\"caf\u00e9 \\u00e9 \\u{1F600} \\ud83d\\ude00 \\n\"", "\"\"\"\n    one\n      two \\\"\"\" \n    \"\"\"", "true", "false", "null", "GREEN", "[]", "{}"];

    private static readonly string[] Ignored = [" ", "  ", "\n", "\r\n", "\t", ",", " # \U0001F600 comment\n", "\uFEFF"];
    private static readonly string[] Spoilers = ["{", "}", "(", ")", "[", "]", "!", "$", "@", ":", "...", "..", ".", "|", "&", "=", "\"", "\"\"\"", "#", "01", "-", "1x", "'", "?", "\u00e9", "\0", "\\", "on", "extend", " "];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    public static string Document(int seed) => new DocumentGenerator(seed).Write();

    private string Write()
    {
        Many(1, 3, Definition);
        var text = _text.ToString();
        return _random.Next(3) == 0 ? Spoil(text) : text;
    }

    private string Spoil(string text)
    {
        for (var count = _random.Next(1, 4); count > 0; count--)
        {
            var at = _random.Next(text.Length + 1);
            var length = Math.Min(_random.Next(3), text.Length - at);
            text = text[..at] + Spoilers[_random.Next(Spoilers.Length)] + text[(at + length)..];
        }

        // What is spoiled may not be half a character: that is another test.
        return string.Concat(text.EnumerateRunes());
    }

    private void Definition()
    {
        switch (_random.Next(12))
        {
            case 0: Selections(0); break;
            case 1: Described(() => { Word(Pick("query", "mutation", "subscription")); Maybe(Name); Maybe(() => Between("(", ")", Variable)); Directives(); Selections(0); }); break;
            case 2: Described(() => { Word("fragment"); Word("F"); Word("on"); Name(); Directives(); Selections(0); }); break;
            case 3: Extended(() => { Word("schema"); Directives(); Between("{", "}", () => { Word(Pick("query", "mutation")); Word(":"); Name(); }); }); break;
            case 4: Extended(() => { Word("scalar"); Name(); Directives(); }); break;
            case 5: Extended(() => { Word(Pick("type", "interface")); Name(); Maybe(() => { Word("implements"); Maybe(() => Word("&")); Name(); Maybe(() => { Word("&"); Name(); }); }); Directives(); Maybe(() => Between("{", "}", Field)); }); break;
            case 6: Extended(() => { Word("union"); Name(); Directives(); Maybe(() => { Word("="); Maybe(() => Word("|")); Name(); Maybe(() => { Word("|"); Name(); }); }); }); break;
            case 7: Extended(() => { Word("enum"); Name(); Directives(); Maybe(() => Between("{", "}", () => Described(() => { Name(); Directives(); }))); }); break;
            case 8: Extended(() => { Word("input"); Name(); Directives(); Maybe(() => Between("{", "}", Input)); }); break;
            case 9: Described(() => { Word("directive"); Word("@"); Name(); Maybe(() => Between("(", ")", Input)); Maybe(() => Word("repeatable")); Word("on"); Maybe(() => Word("|")); Word(Pick("FIELD", "OBJECT", "ENUM_VALUE", "FIELDS")); }); break;
            default: Word("query"); Selections(0); break;
        }
    }

    private void Selections(int depth) => Between("{", "}", () => Selection(depth));

    private void Selection(int depth)
    {
        switch (_random.Next(5))
        {
            case 0: Word("..."); Name(); Directives(); break;
            case 1 when depth < DepthMax: Word("..."); Maybe(() => { Word("on"); Name(); }); Directives(); Selections(depth + 1); break;
            default:
                Maybe(() => { Name(); Word(":"); });
                Name();
                Maybe(() => Between("(", ")", Argument));
                Directives();
                if (depth < DepthMax) Maybe(() => Selections(depth + 1));
                break;
        }
    }

    private void Field() => Described(() => { Name(); Maybe(() => Between("(", ")", Input)); Word(":"); Type(0); Directives(); });

    private void Input() => Described(() => { Name(); Word(":"); Type(0); Maybe(() => { Word("="); Value(0); }); Directives(); });

    private void Variable() => Described(() => { Word("$"); Name(); Word(":"); Type(0); Maybe(() => { Word("="); Value(0); }); Directives(); });

    private void Argument()
    {
        Name();
        Word(":");
        if (_random.Next(4) > 0) Value(0);
        else { Word("$"); Name(); }
    }

    private void Directives()
    {
        if (_random.Next(4) == 0) Many(1, 2, () => { Word("@"); Name(); Maybe(() => Between("(", ")", () => { Name(); Word(":"); Value(0); })); });
    }

    private void Type(int depth)
    {
        if (depth < DepthMax && _random.Next(3) == 0) { Word("["); Type(depth + 1); Word("]"); }
        else Name();
        Maybe(() => Word("!"));
    }

    private void Value(int depth)
    {
        if (depth < DepthMax && _random.Next(5) == 0) Between("[", "]", () => Value(depth + 1));
        else if (depth < DepthMax && _random.Next(5) == 0) Between("{", "}", () => { Name(); Word(":"); Value(depth + 1); });
        else Word(Pick(Values));
    }

    private void Extended(Action write)
    {
        if (_random.Next(3) > 0) { Described(write); return; }
        Word("extend");
        write();
    }

    private void Described(Action write)
    {
        if (_random.Next(4) == 0) Word(Pick("\"what it is\"", "\"\"\"\n  what\n    it is\n\"\"\""));
        write();
    }

    private void Name() => Word(Pick(Names));

    private void Between(string open, string close, Action write)
    {
        Word(open);
        Many(1, 3, write);
        Word(close);
    }

    private void Many(int least, int most, Action write)
    {
        for (var count = _random.Next(least, most + 1); count > 0; count--) write();
    }

    private void Maybe(Action write)
    {
        if (_random.Next(2) == 0) write();
    }

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private void Word(string word) => _text.Append(word).Append(Pick(Ignored));
}
