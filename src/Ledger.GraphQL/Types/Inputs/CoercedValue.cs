using System.Runtime.CompilerServices;

namespace Ledger.GraphQL.Types;

/// <summary>What a <see cref="CoercedValue"/> holds.</summary>
public enum CoercedKind : byte
{
    /// <summary>Nothing: the argument or field was not given and has no default.</summary>
    Undefined,

    /// <summary>Null.</summary>
    Null,

    /// <summary>An <see cref="int"/>.</summary>
    Int32,

    /// <summary>A <see cref="long"/>.</summary>
    Int64,

    /// <summary>A <see cref="double"/>.</summary>
    Double,

    /// <summary>A <see cref="bool"/>.</summary>
    Boolean,

    /// <summary>A <see cref="string"/>.</summary>
    String,

    /// <summary>An <see cref="EnumValueDefinition"/>.</summary>
    Enum,

    /// <summary>A list.</summary>
    List,

    /// <summary>An input object.</summary>
    InputObject,

    /// <summary>A value of a custom scalar.</summary>
    Object,
}

/// <summary>An input value after coercion. A union of what inputs can be, so that numbers and booleans need no object of their own.</summary>
public readonly struct CoercedValue
{
    private readonly object? _reference;
    private readonly long _bits;

    private CoercedValue(CoercedKind kind, object? reference, long bits = 0) => (Kind, _reference, _bits) = (kind, reference, bits);

    /// <summary>Null.</summary>
    public static CoercedValue Null => new(CoercedKind.Null, null);

    /// <summary>What it holds; <see cref="CoercedKind.Undefined"/> for the default of this struct.</summary>
    public CoercedKind Kind { get; }

    /// <summary>Whether it is null or undefined.</summary>
    public bool IsNullOrUndefined => Kind <= CoercedKind.Null;

    /// <summary>Whether it is undefined.</summary>
    public bool IsUndefined => Kind == CoercedKind.Undefined;

    /// <summary>A leaf value.</summary>
    /// <typeparam name="T">The .NET type of its scalar.</typeparam>
    public static CoercedValue Of<T>(T value)
    {
        if (typeof(T) == typeof(int)) return new CoercedValue(CoercedKind.Int32, null, Unsafe.As<T, int>(ref value));
        if (typeof(T) == typeof(long)) return new CoercedValue(CoercedKind.Int64, null, Unsafe.As<T, long>(ref value));
        if (typeof(T) == typeof(bool)) return new CoercedValue(CoercedKind.Boolean, null, Unsafe.As<T, bool>(ref value) ? 1 : 0);
        if (typeof(T) == typeof(double))
            return new CoercedValue(CoercedKind.Double, null, BitConverter.DoubleToInt64Bits(Unsafe.As<T, double>(ref value)));
        return new CoercedValue(typeof(T) == typeof(string) ? CoercedKind.String : CoercedKind.Object, value);
    }

    /// <summary>An enum value.</summary>
    public static CoercedValue OfEnum(EnumValueDefinition value) => new(CoercedKind.Enum, value);

    /// <summary>A list; the array is kept.</summary>
    public static CoercedValue OfList(CoercedValue[] items) => new(CoercedKind.List, items);

    /// <summary>An input object.</summary>
    public static CoercedValue OfInput(InputValues fields) => new(CoercedKind.InputObject, fields);

    /// <summary>The items of a list; empty for anything else.</summary>
    public ReadOnlySpan<CoercedValue> Items => _reference as CoercedValue[];

    /// <summary>The fields of an input object; null for anything else.</summary>
    public InputValues? Fields => _reference as InputValues;

    /// <summary>The definition of an enum value; null for anything else.</summary>
    public EnumValueDefinition? EnumValue => _reference as EnumValueDefinition;

    /// <summary>The value as <typeparamref name="T"/>; the default of it (null for <c>int?</c> and classes) where it is null or undefined.</summary>
    /// <typeparam name="T">The .NET type of the scalar or enum, or that type made nullable; <see cref="InputValues"/> for an input object.</typeparam>
    /// <exception cref="InvalidCastException">The value is of another type: the resolver does not fit its argument.</exception>
    public T? As<T>()
    {
        if (IsNullOrUndefined) return default;
        if (typeof(T) == typeof(int) || typeof(T) == typeof(int?)) return Reinterpret<int, T>((int)Expect(CoercedKind.Int32));
        if (typeof(T) == typeof(long) || typeof(T) == typeof(long?)) return Reinterpret<long, T>(Kind == CoercedKind.Int32 ? _bits : Expect(CoercedKind.Int64));
        if (typeof(T) == typeof(bool) || typeof(T) == typeof(bool?)) return Reinterpret<bool, T>(Expect(CoercedKind.Boolean) != 0);
        if (typeof(T) == typeof(double) || typeof(T) == typeof(double?)) return Reinterpret<double, T>(BitConverter.Int64BitsToDouble(Expect(CoercedKind.Double)));
        if (_reference is EnumValueDefinition value && typeof(T) != typeof(EnumValueDefinition)) return (T?)value.Value;
        return _reference is T reference ? reference : throw Misfit<T>();
    }

    /// <summary>The value as a plain object: boxed, lists and dictionaries for what is nested, the name for an enum value of a schema read from text.</summary>
    public object? ToObject() => Kind switch
    {
        CoercedKind.Int32 => (int)_bits,
        CoercedKind.Int64 => _bits,
        CoercedKind.Double => BitConverter.Int64BitsToDouble(_bits),
        CoercedKind.Boolean => _bits != 0,
        CoercedKind.Enum => EnumValue!.Value,
        CoercedKind.List => Array.ConvertAll((CoercedValue[])_reference!, item => item.ToObject()),
        CoercedKind.InputObject => Fields!.ToDictionary(),
        _ => _reference,
    };

    // T is TValue or TValue?, decided by the caller's typeof; boxing is what the JIT removes here.
    private static T Reinterpret<TValue, T>(TValue value)
        where TValue : struct => (T)(object)value;

    private long Expect(CoercedKind kind) => Kind == kind ? _bits : throw new InvalidCastException($"The input value is {Kind}, not {kind}.");

    private InvalidCastException Misfit<T>() => new($"The input value is {Kind}, not {typeof(T).Name}.");
}
