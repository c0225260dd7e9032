using System.Diagnostics.CodeAnalysis;

namespace Ledger.Server.Http;

/// <summary>A value, or the problem that the caller is told instead.</summary>
internal readonly struct Attempt<T>
    where T : notnull
{
    private readonly T? _value;
    private readonly Problem? _problem;

    private Attempt(T? value, Problem? problem) => (_value, _problem) = (value, problem);

    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Problem? problem)
    {
        (value, problem) = (_value, _problem);
        return problem is null;
    }

    public static implicit operator Attempt<T>(T value) => new(value, null);

    public static implicit operator Attempt<T>(Problem problem) => new(default, problem);
}
