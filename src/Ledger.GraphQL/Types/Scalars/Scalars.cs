namespace Ledger.GraphQL.Types;

/// <summary>The scalars of the specification (§3.5). A schema has those that it uses.</summary>
public static class Scalars
{
    /// <summary>Signed 32 bits (§3.5.1).</summary>
    public static ScalarType<int> Int { get; } = new IntScalar();

    /// <summary>A finite IEEE 754 double (§3.5.2).</summary>
    public static ScalarType<double> Float { get; } = new FloatScalar();

    /// <summary>Text (§3.5.3).</summary>
    public static ScalarType<string> String { get; } = new StringScalar();

    /// <summary>True or false (§3.5.4).</summary>
    public static ScalarType<bool> Boolean { get; } = new BooleanScalar();

    /// <summary>An opaque identifier; always a string in a response (§3.5.5).</summary>
    public static ScalarType<string> Id { get; } = new IdScalar();

    /// <summary>All five.</summary>
    public static IReadOnlyList<ScalarType> All { get; } = [String, Int, Float, Boolean, Id];

    /// <summary>The scalar of a name; null when the specification has none of that name.</summary>
    public static ScalarType? Find(string name) => All.FirstOrDefault(type => type.Name == name);
}
