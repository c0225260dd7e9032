using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Validation.Merging;

/// <summary>Two fields of one response name that cannot be merged.</summary>
/// <param name="ResponseName">The name.</param>
/// <param name="Reason">Why.</param>
/// <param name="Nodes1">The one field, and fields below it that are to blame.</param>
/// <param name="Nodes2">The other field likewise.</param>
internal sealed record MergeConflict(string ResponseName, string Reason, List<Node> Nodes1, List<Node> Nodes2)
{
    // Conflicts below one another would repeat what is below them: the text and the places of each are cut.
    private const int ReasonMax = 1_000;
    private const int NodesMax = 20;

    public string Message =>
        $"Fields \"{Cut(ResponseName)}\" conflict because {Reason}. Use different aliases on the fields to fetch both if this was intentional.";

    public static MergeConflict Between(in MergeField one, in MergeField other, string reason) =>
        new(one.Node.ResponseName, reason, [one.Node], [other.Node]);

    /// <summary>The conflict of two fields because of those below them.</summary>
    public static MergeConflict Below(in MergeField one, in MergeField other, List<MergeConflict> conflicts)
    {
        var reason = "";
        foreach (var conflict in conflicts)
        {
            reason += $"{(reason.Length == 0 ? "" : " and ")}subfields \"{Cut(conflict.ResponseName)}\" conflict because {conflict.Reason}";
            if (reason.Length > ReasonMax) break;
        }

        return new MergeConflict(
            one.Node.ResponseName, Cut(reason), Gather(one.Node, conflicts, each => each.Nodes1), Gather(other.Node, conflicts, each => each.Nodes2));
    }

    private static List<Node> Gather(FieldNode first, List<MergeConflict> conflicts, Func<MergeConflict, List<Node>> side)
    {
        var nodes = new List<Node> { first };
        foreach (var conflict in conflicts)
        {
            if (nodes.Count >= NodesMax) break;
            nodes.AddRange(side(conflict).TakeLast(NodesMax - nodes.Count));
        }

        return nodes;
    }

    public static string Cut(string text) => text.Length > ReasonMax ? $"{text[..ReasonMax]}..." : text;
}
