using System.Reflection;
using Ledger.Domain;
using Ledger.Store.Append;

namespace Ledger.Architecture.Tests;

/// <summary>
/// A hierarchy is closed when nobody outside can add a case: then a switch over it is complete. A private constructor alone does not close
/// a record, because its copy constructor is protected; an internal abstract member does.
/// </summary>
public class ClosedHierarchyTests
{
    public static TheoryData<string> Hierarchies => [.. All.Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    private static IEnumerable<Type> All => typeof(LedgerCommand).Assembly.GetTypes()
        .Concat(typeof(AppendResult).Assembly.GetTypes().Where(type => type.Namespace == typeof(AppendResult).Namespace))
        .Where(type => type.IsAbstract && !type.IsInterface && type.IsVisible && type.GetMethod("<Clone>$") is not null);

    [Theory]
    [MemberData(nameof(Hierarchies))]
    public void Nobody_outside_can_add_a_case(string name)
    {
        var type = All.Single(each => each.FullName == name);

        Constructors(type).ShouldNotBeEmpty();
        Constructors(type).ShouldAllBe(constructor => constructor.IsPrivate || constructor.IsFamilyAndAssembly);
        AbstractMembers(type).ShouldNotBeEmpty($"{name} needs an internal abstract member, of its own or inherited and not yet overridden");
    }

    [Theory]
    [MemberData(nameof(Hierarchies))]
    public void Its_cases_are_sealed_or_hierarchies_that_are_closed_themselves(string name)
    {
        var type = All.Single(each => each.FullName == name);
        var cases = type.Assembly.GetTypes().Where(each => each.BaseType == type).ToList();
        cases.ShouldNotBeEmpty();
        cases.ShouldAllBe(each => each.IsSealed || All.Contains(each));
    }

    [Fact]
    public void The_hierarchies_that_everything_rests_on_are_among_them() =>
        new[] { "LedgerEvent", "LedgerCommand", "Decision", "ReleaseEvent", "ReleaseCommand", "PolicyEvent", "PolicyCommand", "LogEvent", "LogCommand", "AppendResult" }
            .ShouldBeSubsetOf(All.Select(type => type.Name));

    private static IEnumerable<ConstructorInfo> Constructors(Type type) => type
        .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(constructor => constructor.GetParameters() is not [{ ParameterType: var copied }] || copied != type);

    private static IEnumerable<MethodInfo> AbstractMembers(Type type) => type
        .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(method => method is { IsAbstract: true, IsAssembly: true });
}
