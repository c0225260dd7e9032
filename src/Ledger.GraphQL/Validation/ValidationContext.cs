using System.Collections.Immutable;
using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation;

/// <summary>What the rules share while one document is validated: the types at the walk's place, the errors, and what work is left.</summary>
internal sealed class ValidationContext
{
    // Errors go out whole: neither their text nor their places may grow with the document.
    private const int MessageMax = 4_000;
    private const int LocationsMax = 50;

    private readonly string _code;
    private readonly ImmutableArray<GraphQLError>.Builder _errors = ImmutableArray.CreateBuilder<GraphQLError>();
    private Dictionary<string, DirectiveSignature?>? _directives;
    private HashSet<string>? _definedTypes;

    public ValidationContext(Schema? schema, DocumentNode document, ValidationOptions options, ValidationWork work, string code)
    {
        (Schema, Document, Options, Work, _code) = (schema, document, options, work, code);
        Graph = new FragmentGraph(this);
    }

    /// <summary>Null while a type system is validated that no schema was made of yet.</summary>
    public Schema? Schema { get; }

    public DocumentNode Document { get; }

    public ValidationOptions Options { get; }

    public ValidationWork Work { get; }

    public FragmentGraph Graph { get; }

    public ImmutableArray<GraphQLError> Errors => _errors.ToImmutable();

    /// <summary>Whether enough is known: the walk and the rules end.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>The type of the field, of the operation or of the fragment around the place; null when it is unknown.</summary>
    public GraphQLType? Type { get; set; }

    /// <summary>The type that the selection set around the place is made on; null when it is unknown.</summary>
    public CompositeType? ParentType { get; set; }

    /// <summary>The field at the place; null when the type has no such field.</summary>
    public FieldDefinition? Field { get; set; }

    /// <summary>The argument at the place; null when the field or directive has no such argument.</summary>
    public InputValueDefinition? Argument { get; set; }

    /// <summary>The field's schema coordinate, such as <c>Query.release</c>.</summary>
    public string FieldCoordinate => $"{(Field!.Name.StartsWith("__", StringComparison.Ordinal) ? "<meta>" : ParentType!.Name)}.{Field.Name}";

    /// <summary>The directive of a name, the document's before the schema's; null when there is none.</summary>
    public DirectiveSignature? FindDirective(string name)
    {
        _directives ??= new Dictionary<string, DirectiveSignature?>(StringComparer.Ordinal);
        if (_directives.TryGetValue(name, out var signature)) return signature;
        if (Document.Definitions.LastOrDefault(each => each is DirectiveDefinitionNode node && node.Name.Value == name) is DirectiveDefinitionNode defined)
            signature = DirectiveSignature.Of(defined);
        else if ((Schema is null ? SpecifiedDirectives.All.FirstOrDefault(each => each.Name == name) : Schema.FindDirective(name)) is { } known)
            signature = DirectiveSignature.Of(known);
        _directives.Add(name, signature);
        return signature;
    }

    /// <summary>The names of the types that the document defines itself.</summary>
    public HashSet<string> DefinedTypes => _definedTypes ??= Document.Definitions.OfType<TypeDefinitionNode>()
        .Where(node => !node.IsExtension).Select(node => node.Name.Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>"Did you mean", if the caller may know the schema; see <see cref="Suggestions.For"/>.</summary>
    public string Suggest(string name, IEnumerable<string> names) => Options.Suggest ? Suggestions.For(name, names) : "";

    /// <summary>Reports that a rule is broken.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="nodes">Where, in the order of importance.</param>
    public void Report(string message, params ReadOnlySpan<Node> nodes) => ReportAs(_code, message, nodes);

    /// <summary>Reports a refusal that has a code of its own.</summary>
    /// <param name="code">One of <see cref="ErrorCodes"/>.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="nodes">Where.</param>
    public void ReportAs(string code, string message, params ReadOnlySpan<Node> nodes)
    {
        if (IsStopped) return;
        var shown = message.Length <= MessageMax ? message : string.Concat(message.AsSpan(0, MessageMax), "…");
        _errors.Add(Document.Error(shown, code, nodes[..Math.Min(nodes.Length, LocationsMax)]));
        IsStopped = _errors.Count >= Options.ErrorsMax;
    }

    public bool TrySpendFragmentVisit() =>
        ++Work.FragmentVisits <= Options.FragmentVisitsMax || Exhaust($"Document visits fragments more than {Options.FragmentVisitsMax} times.");

    public bool TrySpendVariableUsage() =>
        ++Work.VariableUsages <= Options.VariableUsagesMax || Exhaust($"Document uses variables more than {Options.VariableUsagesMax} times.");

    public bool TrySpendMergeComparison(int count = 1) =>
        (Work.MergeComparisons += count) <= Options.MergeComparisonsMax
        || Exhaust($"Document needs more than {Options.MergeComparisonsMax} comparisons to see whether its fields can be merged.");

    // What cannot be validated is refused.
    private bool Exhaust(string message)
    {
        ReportAs(ErrorCodes.ValidationLimit, message);
        IsStopped = true;
        return false;
    }
}
