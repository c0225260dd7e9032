using Ledger.Domain.Actors;
using Ledger.Domain.Events;
using Ledger.Domain.Signers;
using Role = Ledger.Domain.Actors.Role;

namespace Ledger.Domain.Tests.Signers;

/// <summary>The signers of a ledger as they are lived: commands go in, accepted events are folded, each at the next place in the log.</summary>
internal sealed class People(Func<long>? nextSequence = null)
{
    private readonly Dictionary<string, SignerState> _states = [];
    private readonly Dictionary<string, List<Recorded<SignerEvent>>> _streams = [];
    private long _last;

    public IEnumerable<string> Ids => _states.Keys;

    public SignerState? this[string id] => _states.GetValueOrDefault(id);

    public IReadOnlyList<Recorded<SignerEvent>> Stream(string id) => _streams[id];

    public static DateTimeOffset Now { get; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The one key of a person, which is told by a number where there are more.</summary>
    public static SignerKey KeyOf(string id, int number = 1) => new(TestDigest.Of($"key {number} of {id}"), "ed25519", Convert.ToBase64String([1, 2, 3]));

    public Decision Try(SignerCommand command, DateTimeOffset? at = null, Role role = Role.Compliance, string? holder = null) =>
        SignerDecider.Decide(command, this[command.Signer], new DecisionContext(new Actor("compliance", role), at ?? Now, KeyHolder: holder));

    /// <summary>The code with which the command is refused; fails when it is accepted.</summary>
    public string Refusal(SignerCommand command, DateTimeOffset? at = null, string? holder = null) => Try(command, at, holder: holder).ShouldBeOfType<Decision.Refused>().Refusal.Code;

    /// <summary>Lets the command happen; fails when it is refused.</summary>
    public People Do(SignerCommand command, DateTimeOffset? at = null)
    {
        var decision = Try(command, at);
        foreach (var happened in decision.ShouldBeOfType<Decision.Accepted>((decision as Decision.Refused)?.Refusal.Message).Events)
        {
            var state = this[command.Signer];
            _last = nextSequence?.Invoke() ?? _last + 1;
            var recorded = new Recorded<SignerEvent>(_last, (state?.Last.Version ?? 0) + 1, at ?? Now, new Actor("compliance", Role.Compliance), (SignerEvent)happened);
            if (state is null) _streams[command.Signer] = [];
            _streams[command.Signer].Add(recorded);
            _states[command.Signer] = SignerState.Evolve(state, recorded);
        }

        return this;
    }
}
