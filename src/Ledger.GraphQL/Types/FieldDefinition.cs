using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>
/// A field of an object type or interface (§3.6). The methods that return it add to it, and are refused once a schema was created with
/// its type.
/// </summary>
public sealed class FieldDefinition
{
    private readonly List<InputValueDefinition> _arguments = [];
    private bool _isClosed;

    internal FieldDefinition(string name, GraphQLType type, Resolver? resolver) => (Name, Type, Resolver) = (name, type, resolver);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its type.</summary>
    public GraphQLType Type { get; }

    /// <summary>How it comes by its value; null for a field of an interface, of <c>__typename</c>, and of a schema that is not executed.</summary>
    public Resolver? Resolver { get; }

    /// <summary>What becomes of a value; without the outermost non-null of <see cref="Type"/>.</summary>
    public Completion Completion => Type.Completion;

    /// <summary>Its arguments in the order they were added.</summary>
    public IReadOnlyList<InputValueDefinition> Arguments => _arguments;

    /// <summary>In Markdown; null when there is none.</summary>
    public string? Description { get; private set; }

    /// <summary>Why it should not be used any more; null when it may.</summary>
    public string? DeprecationReason { get; private set; }

    /// <summary>What resolving it costs (<c>@cost</c>); null for the default of its type.</summary>
    public double? CostWeight { get; private set; }

    /// <summary>How long its list may be (<c>@listSize</c>); null when nothing is known.</summary>
    public ListSize? ListSize { get; private set; }

    /// <summary>Who may select it: the host's own object, asked of the host when an operation is planned for a caller; null for everybody.</summary>
    public object? Policy { get; private set; }

    /// <summary>The definition it was read from; null for one written in C#.</summary>
    internal FieldDefinitionNode? Syntax { get; init; }

    /// <summary>The argument of a name; null when there is none.</summary>
    public InputValueDefinition? FindArgument(string name)
    {
        foreach (var argument in _arguments)
        {
            if (argument.Name == name) return argument;
        }

        return null;
    }

    /// <summary>Adds an argument.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">An input type.</param>
    /// <param name="defaultValue">A constant as GraphQL writes it, such as <c>10</c>, <c>"text"</c> or <c>[PASSED]</c>.</param>
    /// <param name="description">In Markdown.</param>
    /// <param name="deprecationReason">Why it should not be used any more.</param>
    /// <exception cref="ArgumentException">The default is not a constant of GraphQL, or there is an argument of that name.</exception>
    public FieldDefinition Argument(
        string name, GraphQLType type, string? defaultValue = null, string? description = null, string? deprecationReason = null) =>
        Add(new InputValueDefinition(name, type)
        {
            DefaultLiteral = defaultValue is null ? null : ConstantLiteral.Parse(defaultValue),
            Description = description,
            DeprecationReason = deprecationReason,
        });

    /// <summary>Adds an argument.</summary>
    /// <exception cref="ArgumentException">There is an argument of that name.</exception>
    public FieldDefinition Add(InputValueDefinition argument)
    {
        if (FindArgument(argument.Name) is not null) throw new ArgumentException($"There is an argument \"{argument.Name}\" already.", nameof(argument));
        return Change(() => _arguments.Add(argument));
    }

    /// <summary>Describes it, in Markdown.</summary>
    public FieldDefinition Describe(string? description) => Change(() => Description = description);

    /// <summary>Says why it should not be used any more.</summary>
    public FieldDefinition Deprecate(string? reason = SpecifiedDirectives.DefaultDeprecationReason) => Change(() => DeprecationReason = reason);

    /// <summary>Says what resolving it costs (IBM cost directives).</summary>
    public FieldDefinition Cost(double weight) => Change(() => CostWeight = weight);

    /// <summary>Says how long its list may be (IBM cost directives).</summary>
    public FieldDefinition Sized(ListSize size) => Change(() => ListSize = size);

    /// <summary>Says who may select it.</summary>
    public FieldDefinition Require(object? policy) => Change(() => Policy = policy);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Type}";

    internal void Close() => _isClosed = true;

    private FieldDefinition Change(Action change)
    {
        if (_isClosed) throw new InvalidOperationException($"A schema was created with the field {Name}: it cannot be changed.");
        change();
        return this;
    }
}

/// <summary>How long a list may be, for cost analysis (IBM cost directives, <c>@listSize</c>).</summary>
/// <param name="AssumedSize">What to reckon with where no argument tells; null when unknown.</param>
/// <param name="SlicingArguments">Integer arguments that bound the list, such as <c>first</c>.</param>
/// <param name="SizedFields">Fields of the value that the size is of, such as <c>edges</c>; empty when it is of the field itself.</param>
/// <param name="RequireOneSlicingArgument">Whether exactly one of the slicing arguments has to be given.</param>
public sealed record ListSize(
    int? AssumedSize, IReadOnlyList<string> SlicingArguments, IReadOnlyList<string> SizedFields, bool RequireOneSlicingArgument);
