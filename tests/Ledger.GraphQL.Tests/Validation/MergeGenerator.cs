using System.Text;

namespace Ledger.GraphQL.Tests.Validation;

/// <summary>Documents of few response names, so that fields meet at every depth and through fragments. Many conflict, many do not; no fragment spreads itself.</summary>
internal sealed class MergeGenerator(int seed)
{
    private const int DepthMax = 4;
    private const int Fragments = 4;

    private static readonly string[] Composites = ["Release", "Gate", "Node", "Thing"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private readonly bool _isWild = seed % 3 == 0;

    public static string Document(int seed) => new MergeGenerator(seed).Write();

    private string Write()
    {
        _text.Append("{ release(id: 1) ");
        Selections("Release", 0, 0);
        _text.Append(" thing ");
        Selections("Thing", 0, 0);
        _text.Append(" }");
        for (var i = 0; i < Fragments; i++)
        {
            _text.Append($"\nfragment F{i} on {Composites[i]}");
            Selections(Composites[i], 1, i + 1);
        }

        return _text.ToString();
    }

    private void Selections(string type, int depth, int fragment)
    {
        _text.Append(" {");
        for (var count = _random.Next(1, 5); count > 0; count--) Selection(type, depth, fragment);
        _text.Append(" }");
    }

    private void Selection(string type, int depth, int fragment)
    {
        var choice = _random.Next(8);
        if (choice == 0 && fragment < Fragments) _text.Append($" ...F{_random.Next(fragment, Fragments)}");
        else if (choice < 3 && depth < DepthMax) Inline(depth, fragment);
        else if (choice < 5 && depth < DepthMax && type is "Release" or "Gate") Composite(type, depth, fragment);
        else Leaf(type);
    }

    private void Inline(int depth, int fragment)
    {
        var type = Pick(Composites);
        _text.Append($" ... on {type}");
        Selections(type, depth + 1, fragment);
    }

    private void Composite(string type, int depth, int fragment)
    {
        var (name, of) = (type, _random.Next(3)) switch
        {
            ("Release", 0) => ("parent", "Release"),
            ("Release", 1) => (_isWild ? "gates(first: 1)" : "gates", "Gate"),
            ("Gate", 0) => ("release", "Release"),
            ("Gate", 1) => ("items", "Gate"),
            _ => ("thing", "Thing"),
        };
        _text.Append(_isWild && _random.Next(3) == 0 ? $" x: {name}" : $" {name}");
        Selections(of, depth + 1, fragment);
    }

    private void Leaf(string type) => _text.Append(' ').Append(type switch
    {
        "Release" => Pick("id", "name", _isWild ? "id: version" : "id", _isWild ? "name(short: true)" : "name", "r: version"),
        "Gate" => Pick("id", "name", "count", _isWild ? "version" : "count", _isWild ? "r: version" : "g: version", "status"),
        "Node" => "id",
        _ => "__typename",
    });

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
