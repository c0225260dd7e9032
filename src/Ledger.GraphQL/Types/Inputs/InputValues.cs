namespace Ledger.GraphQL.Types;

/// <summary>
/// Coerced arguments of a field, or fields of an input object, in the order of their definitions. Reading by name compares a handful
/// of names, which a field's few arguments make faster than hashing.
/// </summary>
public sealed class InputValues
{
    private readonly IReadOnlyList<InputValueDefinition> _definitions;
    private readonly CoercedValue[] _values;

    /// <param name="definitions">The arguments of the field, or the fields of the type.</param>
    /// <param name="values">As many values in the same order; kept.</param>
    public InputValues(IReadOnlyList<InputValueDefinition> definitions, CoercedValue[] values) => (_definitions, _values) = (definitions, values);

    /// <summary>Of a field without arguments.</summary>
    public static InputValues None { get; } = new([], []);

    /// <summary>The values, in the order of the definitions.</summary>
    public ReadOnlySpan<CoercedValue> Values => _values;

    /// <summary>What the values are of.</summary>
    public IReadOnlyList<InputValueDefinition> Definitions => _definitions;

    /// <summary>A value; undefined where it was not given and has no default.</summary>
    /// <exception cref="ArgumentException">There is no argument or field of that name: a bug of the resolver.</exception>
    public CoercedValue this[string name]
    {
        get
        {
            for (var i = 0; i < _definitions.Count; i++)
            {
                if (_definitions[i].Name == name) return _values[i];
            }

            throw new ArgumentException($"There is no argument or input field \"{name}\".", nameof(name));
        }
    }

    /// <summary>Whether a value was given or has a default; null counts as given.</summary>
    public bool Has(string name) => !this[name].IsUndefined;

    /// <summary>A leaf, an input object, or null; see <see cref="CoercedValue.As{T}"/>.</summary>
    /// <typeparam name="T">As of <see cref="CoercedValue.As{T}"/>.</typeparam>
    public T? Get<T>(string name) => this[name].As<T>();

    /// <summary>A list of leaves or input objects; empty where it is null or undefined.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    public IReadOnlyList<T?> GetList<T>(string name)
    {
        var items = this[name].Items;
        var list = new T?[items.Length];
        for (var i = 0; i < items.Length; i++) list[i] = items[i].As<T>();
        return list;
    }

    /// <summary>What was given or has a default, as plain objects by name.</summary>
    public Dictionary<string, object?> ToDictionary()
    {
        var pairs = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < _values.Length; i++)
        {
            if (!_values[i].IsUndefined) pairs.Add(_definitions[i].Name, _values[i].ToObject());
        }

        return pairs;
    }
}
