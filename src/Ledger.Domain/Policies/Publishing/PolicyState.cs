using System.Diagnostics;
using Ledger.Domain.Events;

namespace Ledger.Domain.Policies;

/// <summary>The newest version of a policy; its version is the version of its stream.</summary>
/// <param name="Latest">Name, version and digest.</param>
public sealed record PolicyState(PolicyReference Latest)
{
    /// <summary>The state after <paramref name="recorded"/>.</summary>
    /// <exception cref="InvalidOperationException">The event's version is not its place in the stream.</exception>
    public static PolicyState Evolve(Recorded<PolicyEvent> recorded) => recorded.Event switch
    {
        PolicyEvent.Published published when published.Policy.Version == recorded.Version => new PolicyState(published.Policy),
        PolicyEvent.Published => throw new InvalidOperationException($"the policy version at sequence {recorded.Sequence} is not its place in the stream"),
        _ => throw new UnreachableException(),
    };

    /// <summary>Decides whether a version may be published.</summary>
    public static Decision Decide(PolicyCommand command, PolicyState? state, DecisionContext context)
    {
        if (Actors.Permissions.Check(context.Actor.Role, command) is { } forbidden) return new Decision.Refused(forbidden);
        return command switch
        {
            PolicyCommand.Publish publish when state?.Latest.Digest == publish.Digest => Decision.Refuse(
                "policy_unchanged",
                $"version {state.Latest.Version} of '{publish.Policy.Name}' is this very policy",
                "nothing to do: releases pin it by its digest"),
            PolicyCommand.Publish publish when PolicyChecker.Check(publish.Policy).FirstOrDefault(problem => problem.Severity == ProblemSeverity.Error) is { } problem => Decision.Refuse(
                "policy_unsatisfiable", $"{problem.Path}: {problem.Message}", "'ledger policy check FILE' lists everything that can never be met"),
            PolicyCommand.Publish publish => Decision.Accept(new PolicyEvent.Published(
                new PolicyReference(publish.Policy.Name, (state?.Latest.Version ?? 0) + 1, publish.Digest), publish.Document)),
            _ => throw new UnreachableException(),
        };
    }
}
