using Ledger.Integrity.Tests.Keys;
using Ledger.Integrity.Timestamps;

namespace Ledger.Integrity.Tests.Timestamps;

/// <summary>A time-stamping authority of its own, run by <c>openssl ts</c>: a root, and a certificate under it.</summary>
internal sealed class LocalAuthority : IDisposable
{
    private readonly OpenSsl _openssl = new();

    public LocalAuthority(string digest = "sha256")
    {
        _openssl.Write("ca.cnf", "[req]\ndistinguished_name=dn\n[dn]\n[ca]\nbasicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n" +
            "[tsa]\nbasicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n");
        _openssl.Write("ts.cnf", $"[tsa]\ndefault_tsa=own\n[own]\nserial=serial\nsigner_digest={digest}\ndefault_policy=1.2.3.4.1\ndigests=sha256,sha512\naccuracy=secs:1\nordering=no\ntsa_name=no\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n");
        _openssl.Write("serial", "0A\n");
        Run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key");
        Run("req -new -x509 -config ca.cnf -extensions ca -key ca.key -subj /CN=Own-Root -days 30 -out ca.pem");
        Run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out tsa.key");
        Run("req -new -config ca.cnf -key tsa.key -subj /CN=Own-TSA -out tsa.csr");
        Run("x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -set_serial 2 -days 10 -extfile ca.cnf -extensions tsa -out tsa.pem");
    }

    public TimestampAnchors Anchors => TimestampAnchors.TryParsePem(RootPem, out var anchors, out var error) ? anchors : throw new InvalidOperationException(error);

    public string RootPem => _openssl.ReadText("ca.pem");

    public string AuthorityPem => _openssl.ReadText("tsa.pem");

    /// <summary>The TimeStampResp to a request.</summary>
    public byte[] Answer(byte[] request)
    {
        _openssl.Write("request.tsq", request);
        Run("ts -reply -config ts.cnf -queryfile request.tsq -signer tsa.pem -inkey tsa.key -out response.tsr");
        return _openssl.ReadBytes("response.tsr");
    }

    /// <summary>The token alone of the last response.</summary>
    public byte[] Token()
    {
        Run("ts -reply -config ts.cnf -in response.tsr -token_out -out token.der");
        return _openssl.ReadBytes("token.der");
    }

    /// <summary>Whether openssl believes the last response too.</summary>
    public bool Verifies() => _openssl.Run("ts -verify -queryfile request.tsq -in response.tsr -CAfile ca.pem -untrusted tsa.pem");

    public void Dispose() => _openssl.Dispose();

    private void Run(string arguments) => _openssl.Run(arguments).ShouldBeTrue($"openssl {arguments}");
}
