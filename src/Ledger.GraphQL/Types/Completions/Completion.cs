using System.Collections;

namespace Ledger.GraphQL.Types;

/// <summary>
/// What becomes of a field's value (<c>CompleteValue</c>, §6.4.3), without the outermost non-null, which is the executor's to enforce.
/// One of <see cref="LeafCompletion"/>, <see cref="ListCompletion"/>, <see cref="CompositeCompletion"/>. Thread-safe.
/// </summary>
public abstract class Completion
{
    private protected Completion()
    {
    }
}

/// <summary>A leaf, or a list of leaves: written at once.</summary>
public abstract class LeafCompletion : Completion
{
    private protected LeafCompletion()
    {
    }

    /// <summary>Writes a value whose .NET type is not known.</summary>
    /// <param name="value">Not null.</param>
    /// <param name="output">Receives one JSON value, or nothing if the outcome is null.</param>
    public abstract LeafOutcome WriteObject(object value, JsonBuffer output);
}

/// <summary>A leaf of a .NET type.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class LeafCompletion<T> : LeafCompletion
{
    private protected LeafCompletion()
    {
    }

    /// <summary>Writes a value.</summary>
    /// <param name="value">Not null.</param>
    /// <param name="output">Receives one JSON value, or nothing if the outcome is null.</param>
    public abstract LeafOutcome Write(T value, JsonBuffer output);
}

/// <summary>An object, interface or union: a selection is made on it.</summary>
public sealed class CompositeCompletion : Completion
{
    internal CompositeCompletion(CompositeType type) => Type = type;

    /// <summary>The type; see <see cref="Schema.ResolveType"/> for the object type of a value.</summary>
    public CompositeType Type { get; }
}

/// <summary>A list whose items are completed one by one.</summary>
public abstract class ListCompletion : Completion
{
    private protected ListCompletion(Completion item, bool isItemNonNull) => (Item, IsItemNonNull) = (item, isItemNonNull);

    /// <summary>What becomes of an item.</summary>
    public Completion Item { get; }

    /// <summary>Whether an item that is null nulls the list.</summary>
    public bool IsItemNonNull { get; }

    /// <summary>The items of a list.</summary>
    /// <param name="value">Not null.</param>
    /// <exception cref="FieldException">It is no list.</exception>
    public abstract ResolvedList Open(object value);

    /// <summary>The items of whatever can be enumerated, strings and dictionaries apart.</summary>
    private protected static ResolvedList OpenSequence(object value)
    {
        if (value is string or IDictionary || value is not IEnumerable sequence)
            throw new FieldException("Expected a list, but the field has none.", ErrorCodes.BadValue);
        var items = sequence.Cast<object?>().ToArray();
        return new ResolvedList(items, items.Length, ArrayReader<object?>.Instance);
    }
}

/// <summary>The items of a resolved list, by index. Arrays and <see cref="List{T}"/> are read without an interface call an item.</summary>
public readonly struct ResolvedList
{
    private readonly object _list;
    private readonly ListReader _reader;

    internal ResolvedList(object list, int count, ListReader reader) => (_list, Count, _reader) = (list, count, reader);

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>An item, or null.</summary>
    public object? this[int index] => _reader.Read(_list, index);
}

/// <summary>Reads items of one kind of list.</summary>
internal abstract class ListReader
{
    public abstract object? Read(object list, int index);
}

/// <summary>Lists that no .NET type is known of.</summary>
internal sealed class SequenceCompletion(Completion item, bool isItemNonNull) : ListCompletion(item, isItemNonNull)
{
    public override ResolvedList Open(object value) => OpenSequence(value);
}
