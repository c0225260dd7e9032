using System.Collections;

namespace Ledger.GraphQL.Types;

internal sealed class ScalarCompletion<T>(ScalarType<T> type) : LeafCompletion<T>
{
    public override LeafOutcome Write(T value, JsonBuffer output)
    {
        type.Write(value, output);
        return LeafOutcome.Written;
    }

    public override LeafOutcome WriteObject(object value, JsonBuffer output) => type.TryConvert(value, out var converted)
        ? Write(converted, output)
        : throw new FieldException($"{type.Name} cannot represent the value that was resolved.", ErrorCodes.BadValue);
}

internal sealed class EnumCompletion<T>(EnumType<T> type) : LeafCompletion<T>
    where T : notnull
{
    public override LeafOutcome Write(T value, JsonBuffer output)
    {
        if (type.DefinitionOf(value) is not { } definition)
            throw new FieldException($"Enum \"{type.Name}\" cannot represent the value that was resolved.", ErrorCodes.BadValue);
        output.WriteRaw(definition.Json);
        return LeafOutcome.Written;
    }

    public override LeafOutcome WriteObject(object value, JsonBuffer output) => value is T typed
        ? Write(typed, output)
        : throw new FieldException($"Enum \"{type.Name}\" cannot represent the value that was resolved.", ErrorCodes.BadValue);
}

/// <summary>
/// A list of leaves, written as a whole. An item that is null or fails is handled as §6.4.4 has it: it is null itself, or where its type
/// is non-null the list is.
/// </summary>
internal sealed class LeafListCompletion<T>(LeafCompletion<T> item, bool isItemNonNull) : LeafCompletion<IReadOnlyList<T>>
{
    public override LeafOutcome Write(IReadOnlyList<T> value, JsonBuffer output) => Write(value, new TypedItem(item), output);

    public override LeafOutcome WriteObject(object value, JsonBuffer output) => value switch
    {
        IReadOnlyList<T> list => Write(list, output),
        IEnumerable sequence and not (string or IDictionary) => Write([.. sequence.Cast<object?>()], new AnyItem(item), output),
        _ => throw new FieldException("Expected a list, but the field has none.", ErrorCodes.BadValue),
    };

    private LeafOutcome Write<TItem, TWriter>(IReadOnlyList<TItem> value, TWriter writer, JsonBuffer output)
        where TWriter : struct, IItemWriter<TItem>
    {
        var start = output.Length;
        List<LeafError>? errors = null;
        output.WriteRaw((byte)'[');
        for (var i = 0; i < value.Count; i++)
        {
            if (i > 0) output.WriteRaw((byte)',');
            var outcome = WriteItem(value[i], writer, output);
            if (outcome.Errors is not null) (errors ??= []).AddRange(outcome.Errors.Select(error => error with { Path = [i, .. error.Path] }));
            if (!outcome.IsNull) continue;
            if (isItemNonNull)
            {
                if (outcome.Errors is null) (errors ??= []).Add(new LeafError(null, ErrorCodes.NullNotAllowed, [i]));
                output.Truncate(start);
                return new LeafOutcome(true, errors);
            }

            output.WriteNull();
        }

        output.WriteRaw((byte)']');
        return new LeafOutcome(false, errors);
    }

    private static LeafOutcome WriteItem<TItem, TWriter>(TItem value, TWriter writer, JsonBuffer output)
        where TWriter : struct, IItemWriter<TItem>
    {
        if (value is null) return LeafOutcome.Null;
        var start = output.Length;
        try
        {
            return writer.Write(value, output);
        }
        catch (FieldException failure)
        {
            output.Truncate(start);
            return new LeafOutcome(true, [new LeafError(failure.Message, failure.Code, [])]);
        }
    }

    // Structs, so that the loop over a typed list calls the leaf and nothing else.
    private interface IItemWriter<in TItem>
    {
        LeafOutcome Write(TItem value, JsonBuffer output);
    }

    private readonly struct TypedItem(LeafCompletion<T> item) : IItemWriter<T>
    {
        public LeafOutcome Write(T value, JsonBuffer output) => item.Write(value, output);
    }

    // An item may be the error that is to stand in its place.
    private readonly struct AnyItem(LeafCompletion<T> item) : IItemWriter<object?>
    {
        public LeafOutcome Write(object? value, JsonBuffer output) => value is FieldException failure ? throw failure : item.WriteObject(value!, output);
    }
}
