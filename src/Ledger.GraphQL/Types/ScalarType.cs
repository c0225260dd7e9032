using System.Diagnostics.CodeAnalysis;

namespace Ledger.GraphQL.Types;

/// <summary>A scalar (§3.5).</summary>
public abstract class ScalarType : LeafType
{
    private protected ScalarType(string name) : base(name)
    {
    }

    /// <summary>The URL of its specification; null when it has none.</summary>
    public string? SpecifiedBy { get; init; }
}

/// <summary>A scalar whose values are <typeparamref name="T"/> in .NET. Derive from it for a scalar of one's own; thread-safe.</summary>
/// <typeparam name="T">The .NET type of the values.</typeparam>
public abstract class ScalarType<T> : ScalarType, IOutput<T>
{
    private LeafCompletion<T>? _completion;

    /// <param name="name">Its name.</param>
    protected ScalarType(string name) : base(name)
    {
    }

    GraphQLType IOutput<T>.Type => this;

    internal override Completion Completion => _completion ??= new ScalarCompletion<T>(this);

    /// <summary>Result coercion: writes one JSON value, and allocates nothing if it can.</summary>
    /// <param name="value">The value, not null.</param>
    /// <param name="output">Receives one JSON value.</param>
    /// <exception cref="FieldException">The scalar cannot say this value; nothing was written.</exception>
    public abstract void Write(T value, JsonBuffer output);

    /// <summary>Input coercion of a value that is neither null nor a variable.</summary>
    /// <param name="input">The value, a literal of the document or JSON.</param>
    /// <param name="value">The value when the answer is true.</param>
    /// <param name="problem">What is wrong when the answer is false.</param>
    public abstract bool TryParse(in LeafInput input, [MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out string? problem);

    /// <summary>The value of a resolver that is not bound to <typeparamref name="T"/>; false when the scalar cannot say it.</summary>
    /// <param name="resolved">The value, not null.</param>
    /// <param name="value">The value when the answer is true.</param>
    public virtual bool TryConvert(object resolved, [MaybeNullWhen(false)] out T value)
    {
        value = resolved is T typed ? typed : default;
        return resolved is T;
    }

    /// <inheritdoc/>
    public sealed override bool TryCoerce(in LeafInput input, out CoercedValue value, [NotNullWhen(false)] out string? problem)
    {
        var isParsed = TryParse(input, out var parsed, out problem);
        value = isParsed ? CoercedValue.Of(parsed!) : default;
        return isParsed;
    }

    /// <inheritdoc/>
    public override ListType<T> List() => (ListType<T>)base.List();

    /// <inheritdoc/>
    public override NonNullType<T> NonNull() => (NonNullType<T>)base.NonNull();

    private protected override ListType CreateList() => new ListType<T>(this);

    private protected override NonNullType CreateNonNull() => new NonNullType<T>(this);
}
