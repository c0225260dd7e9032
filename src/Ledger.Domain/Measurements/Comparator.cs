using System.Text.Json.Serialization;

namespace Ledger.Domain.Measurements;

/// <summary>How a measurement is compared with a threshold: <c>value comparator threshold</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Comparator>))]
public enum Comparator
{
    /// <summary>Less than.</summary>
    [JsonStringEnumMemberName("<")] Less,

    /// <summary>Less than or equal.</summary>
    [JsonStringEnumMemberName("<=")] LessOrEqual,

    /// <summary>Greater than.</summary>
    [JsonStringEnumMemberName(">")] Greater,

    /// <summary>Greater than or equal.</summary>
    [JsonStringEnumMemberName(">=")] GreaterOrEqual,

    /// <summary>Equal, exactly.</summary>
    [JsonStringEnumMemberName("==")] Equal,

    /// <summary>Not equal.</summary>
    [JsonStringEnumMemberName("!=")] NotEqual,
}

/// <summary>What a <see cref="Comparator"/> means.</summary>
public static class Comparators
{
    /// <summary>Whether <c>value comparator threshold</c> holds. Both are in the same unit.</summary>
    public static bool Holds(this Comparator comparator, double value, double threshold) => comparator switch
    {
        Comparator.Less => value < threshold,
        Comparator.LessOrEqual => value <= threshold,
        Comparator.Greater => value > threshold,
        Comparator.GreaterOrEqual => value >= threshold,
        Comparator.Equal => value.Equals(threshold),
        Comparator.NotEqual => !value.Equals(threshold),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The comparator as it is written in a policy.</summary>
    public static string Symbol(this Comparator comparator) => comparator switch
    {
        Comparator.Less => "<",
        Comparator.LessOrEqual => "<=",
        Comparator.Greater => ">",
        Comparator.GreaterOrEqual => ">=",
        Comparator.Equal => "==",
        Comparator.NotEqual => "!=",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
