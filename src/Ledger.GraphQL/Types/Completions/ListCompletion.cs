using System.Runtime.CompilerServices;

namespace Ledger.GraphQL.Types;

/// <summary>Lists of a known .NET type.</summary>
internal sealed class ListCompletion<T>(Completion item, bool isItemNonNull) : ListCompletion(item, isItemNonNull)
{
    public override ResolvedList Open(object value) => value switch
    {
        T[] array => new ResolvedList(array, array.Length, ArrayReader<T>.Instance),
        List<T> list => new ResolvedList(list, list.Count, GrowingListReader<T>.Instance),
        IReadOnlyList<T> list => new ResolvedList(list, list.Count, AnyListReader<T>.Instance),
        // A resolver that is bound to no .NET type.
        _ => OpenSequence(value),
    };
}

// The casts were made when the list was opened.
internal sealed class ArrayReader<T> : ListReader
{
    public static readonly ArrayReader<T> Instance = new();

    public override object? Read(object list, int index) => Unsafe.As<T[]>(list)[index];
}

internal sealed class GrowingListReader<T> : ListReader
{
    public static readonly GrowingListReader<T> Instance = new();

    public override object? Read(object list, int index) => Unsafe.As<List<T>>(list)[index];
}

internal sealed class AnyListReader<T> : ListReader
{
    public static readonly AnyListReader<T> Instance = new();

    public override object? Read(object list, int index) => ((IReadOnlyList<T>)list)[index];
}
