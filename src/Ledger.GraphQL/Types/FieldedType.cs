namespace Ledger.GraphQL.Types;

/// <summary>An object type or an interface: a type with fields that may implement interfaces (§3.6, §3.7).</summary>
public abstract class FieldedType : CompositeType
{
    private readonly List<FieldDefinition> _fields = [];
    private readonly Dictionary<string, FieldDefinition> _byName = new(StringComparer.Ordinal);
    private readonly List<InterfaceType> _interfaces = [];

    private protected FieldedType(string name) : base(name)
    {
    }

    /// <summary>Its fields in the order they were added.</summary>
    public IReadOnlyList<FieldDefinition> Fields => _fields;

    /// <summary>The interfaces it implements, in the order they were added.</summary>
    public IReadOnlyList<InterfaceType> Interfaces => _interfaces;

    /// <summary>The field of a name; null when there is none. Meta fields are <see cref="Schema.FindField"/>'s.</summary>
    public FieldDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Says that it implements an interface. What the interface implements itself has to be said too (§3.6).</summary>
    public void Implement(InterfaceType type)
    {
        EnsureOpen();
        _interfaces.Add(type);
    }

    internal override void Close()
    {
        base.Close();
        _fields.ForEach(field => field.Close());
    }

    /// <exception cref="ArgumentException">There is a field of that name already.</exception>
    internal FieldDefinition Add(FieldDefinition field)
    {
        EnsureOpen();
        _byName.Add(field.Name, field);
        _fields.Add(field);
        return field;
    }
}

/// <summary>An object type (§3.6).</summary>
public abstract class ObjectType : FieldedType
{
    private protected ObjectType(string name) : base(name)
    {
    }

    /// <summary>Whether a value may be of this type, by its .NET type: how an abstract type without a delegate finds the type of a value.</summary>
    public abstract bool Accepts(object value);
}
