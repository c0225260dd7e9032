using Ledger.Domain.Releases;
using Ledger.Domain.Signers;
using Ledger.Domain.SignOffs;
using Ledger.Store.Log;
using Ledger.Store.Log.Audit;
using Ledger.Store.Signers;

namespace Ledger.Store.Tests.Log.Audit;

/// <summary>What an audit says of sign-offs whose leaves are in order: as whoever holds the log's key could seal them.</summary>
public sealed class SignedContentTests(FilledLedger ledger) : IClassFixture<FilledLedger>
{
    [Fact]
    public async Task A_sign_off_is_signed_by_the_key_that_its_signer_had()
    {
        var (signedOff, signer) = await FindAsync();
        SignedContent.Problem(signedOff, signer).ShouldBeNull();
    }

    [Fact]
    public async Task A_forged_sign_off_is_named_as_what_it_is()
    {
        var (signedOff, signer) = await FindAsync();
        var envelope = signedOff.Envelope;
        var other = (await new SignerReads(ledger.Database).FindAsync("deputy"))!;
        var forged = Convert.ToBase64String([.. Convert.FromBase64String(envelope.Payload)[..^1], (byte)' ']);

        SignedContent.Problem(signedOff, null).ShouldBe("the signer had no such key");
        SignedContent.Problem(signedOff, other).ShouldBe("the signer had no such key");
        SignedContent.Problem(signedOff with { Envelope = envelope with { Payload = forged } }, signer).ShouldBe("the statement does not have its digest");
        SignedContent.Problem(signedOff with { Envelope = envelope with { Payload = "no base64" } }, signer).ShouldBe("the envelope cannot be read");
        SignedContent.Problem(signedOff with { Envelope = envelope with { PayloadType = "" } }, signer).ShouldBe("the envelope cannot be read");
        SignedContent.Problem(signedOff with { Envelope = envelope with { PayloadType = "text/plain" } }, signer).ShouldBe("the payload is text/plain, not application/vnd.in-toto+json");
        SignedContent.Problem(signedOff with { Envelope = envelope with { Signatures = [] } }, signer).ShouldBe("the envelope cannot be read");
        SignedContent.Problem(signedOff with { Envelope = envelope with { Signatures = [new EnvelopeSignature(Convert.ToBase64String(new byte[64]))] } }, signer)
            .ShouldBe("no signature verifies with a trusted key");
    }

    [Fact]
    public async Task A_key_has_the_id_that_its_bytes_make_and_a_signer_their_own_stream()
    {
        var (_, signer) = await FindAsync();
        var other = (await new SignerReads(ledger.Database).FindAsync("deputy"))!;
        var key = signer.Keys[0].Key;

        SignedContent.Problem(new SignerEvent.KeyAdded(key), "signer/lead").ShouldBeNull();
        SignedContent.Problem(new SignerEvent.KeyAdded(key with { Id = other.Keys[0].Key.Id }), "signer/lead").ShouldNotBeNull();
        SignedContent.Problem(new SignerEvent.KeyAdded(key with { PublicKey = "AAAA" }), "signer/lead").ShouldNotBeNull();
        SignedContent.Problem(new SignerEvent.KeyAdded(key with { Algorithm = "ed25519" }), "signer/lead").ShouldNotBeNull();
        SignedContent.Problem(new SignerEvent.Enrolled("lead", "Lead", [], []), "signer/lead").ShouldBeNull();
        SignedContent.Problem(new SignerEvent.Enrolled("lead", "Lead", [], []), "signer/deputy").ShouldBe("the signer belongs to another stream");
    }

    private async Task<(ReleaseEvent.SignedOff SignedOff, SignerState Signer)> FindAsync()
    {
        var events = await new EventReads(ledger.Database).StreamsAsync([TestLedger.Release("signed", 100).StreamKey]);
        var signedOff = events.First(stored => stored.Type == "signed_off").Recorded<ReleaseEvent.SignedOff>().Event;
        return (signedOff, (await new SignerReads(ledger.Database).FindAsync(signedOff.Signer))!);
    }
}
