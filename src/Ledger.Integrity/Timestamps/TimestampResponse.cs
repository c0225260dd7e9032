using System.Formats.Asn1;
using System.Numerics;

namespace Ledger.Integrity.Timestamps;

/// <summary>RFC 3161 §2.4.2: a response holds a status and, where that is granted, a token. Authorities send responses; many keep tokens.</summary>
internal static class TimestampResponse
{
    /// <summary>Finds the token in a TimeStampResp, or takes what is a TimeStampToken already.</summary>
    /// <param name="der">Either of them, all of it.</param>
    /// <param name="token">The DER of the ContentInfo; empty unless valid.</param>
    public static Verification FindToken(ReadOnlyMemory<byte> der, out ReadOnlyMemory<byte> token)
    {
        token = default;
        try
        {
            // TSAs write DER; BER is what CMS lets them write.
            var reader = new AsnReader(der, AsnEncodingRules.BER);
            var outer = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            if (outer.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier))
            {
                token = der;
                return Verification.Valid;
            }

            var status = outer.ReadSequence().ReadInteger();
            if (status != BigInteger.Zero && status != BigInteger.One) // granted, grantedWithMods
                return Verification.Invalid("timestamp_not_granted", $"the authority answered with status {status}");
            token = outer.ReadEncodedValue();
            outer.ThrowIfNotEmpty();
            return Verification.Valid;
        }
        catch (AsnContentException)
        {
            token = default;
            return Verification.Invalid("timestamp_malformed", "the bytes are neither a TimeStampResp nor a TimeStampToken");
        }
    }
}
