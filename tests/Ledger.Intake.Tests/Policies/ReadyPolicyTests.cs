using Ledger.Domain.Policies;
using Ledger.Intake.Policies;

namespace Ledger.Intake.Tests.Policies;

public sealed class ReadyPolicyTests
{
    public static TheoryData<string> Names => [.. PolicyFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_ready_policy_can_be_published_without_a_word(string name)
    {
        var read = Read(name);
        read.Warnings.ShouldBeEmpty();
        read.Policy.Name.ShouldBe(name);
        read.Json.Length.ShouldBeLessThan(PolicyChecker.MaxBytes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_normal_form_is_as_it_was(string name) => PolicyJson.WriteIndented(Read(name).Policy).ShouldMatchVerified(name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_normal_form_reads_back_to_the_same_bytes(string name)
    {
        var read = Read(name);
        var again = PolicyDocument.Read(read.Json).ShouldBeOfType<PolicyReadResult.Read>();
        again.Json.ToArray().ShouldBe(read.Json.ToArray());
    }

    internal static PolicyReadResult.Read Read(string name)
    {
        var result = PolicyDocument.Read(PolicyFiles.Ready(name));
        if (result is PolicyReadResult.Refused refused) Assert.Fail(string.Join('\n', refused.Problems));
        return (PolicyReadResult.Read)result;
    }
}
