namespace Ledger.Intake.Tests;

public class RedactorTests
{
    [Theory]
    // The five kinds of personal data.
    [InlineData("mail john.doe@example.com now", "mail [EMAIL_REDACTED] now")]
    [InlineData("first.last+tag@mail.example.co.uk", "[EMAIL_REDACTED]")]
    [InlineData("<o'hara@example.com>.", "<o'[EMAIL_REDACTED]>.")]
    [InlineData("user@163.com", "[EMAIL_REDACTED]")]
    [InlineData("call 555-123-4567.", "call [PHONE_REDACTED].")]
    [InlineData("(555) 123-4567", "[PHONE_REDACTED]")]
    [InlineData("1-800-555-1234", "[PHONE_REDACTED]")]
    [InlineData("555.123.4567", "[PHONE_REDACTED]")]
    [InlineData("+1 555 123 4567", "[PHONE_REDACTED]")]
    [InlineData("+44 20 7946 0958", "[PHONE_REDACTED]")]
    [InlineData("+15551234567", "[PHONE_REDACTED]")]
    [InlineData("ssn 123-45-6789", "ssn [SSN_REDACTED]")]
    [InlineData("SSN: 123456789", "SSN: [SSN_REDACTED]")]
    [InlineData("patient MRN123456 seen", "patient [MEDICAL_RECORD_REDACTED] seen")]
    [InlineData("MRN: 00123456", "[MEDICAL_RECORD_REDACTED]")]
    [InlineData("medical record number 98765", "[MEDICAL_RECORD_REDACTED]")]
    [InlineData("lives at 123 Main Street, Springfield", "lives at [ADDRESS_REDACTED], Springfield")]
    [InlineData("42b Old Mill Rd", "[ADDRESS_REDACTED]")]
    // Secrets by their form.
    [InlineData("Authorization: Bearer abcdef0123456789", "Authorization: Bearer [SECRET_REDACTED]")]
    [InlineData("bearer 0123abcd4567", "bearer [SECRET_REDACTED]")]
    [InlineData("jwt eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.c2lnbmF0dXJl end", "jwt [SECRET_REDACTED] end")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "[SECRET_REDACTED]")]
    [InlineData("ghp_0123456789abcdefghijABCDEFGHIJ012345", "[SECRET_REDACTED]")]
    [InlineData("github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz", "[SECRET_REDACTED]")]
    [InlineData("ldg_Zx81-abcdef_99", "[SECRET_REDACTED]")]
    [InlineData("xoxb-123456789012-abcdefGHIJKL", "[SECRET_REDACTED]")]
    [InlineData("x -----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY----- y", "x [SECRET_REDACTED] y")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIEow cut off", "[SECRET_REDACTED]")]
    [InlineData("postgres://app:hunter2@db.internal:5432/shop", "postgres://[SECRET_REDACTED]@db.internal:5432/shop")]
    [InlineData("https://oauth2-token@git.example.com/x.git", "https://[SECRET_REDACTED]@git.example.com/x.git")]
    // Secrets by their name.
    [InlineData("password=hunter2", "password=[SECRET_REDACTED]")]
    [InlineData("DB_PASSWORD: s3cret", "DB_PASSWORD: [SECRET_REDACTED]")]
    [InlineData("Server=db;User Id=app;Password=p@ss;Timeout=5", "Server=db;User Id=app;Password=[SECRET_REDACTED];Timeout=5")]
    [InlineData("Pwd='a b c'", "Pwd='[SECRET_REDACTED]'")]
    [InlineData("{\"api_key\": \"abcd1234efgh\"}", "{\"api_key\": \"[SECRET_REDACTED]\"}")]
    [InlineData("{\\\"password\\\":\\\"abc\\\"}", "{\\\"password\\\":\\\"[SECRET_REDACTED]\\\"}")]
    [InlineData("?access_token=abcd1234efgh&x=1", "?access_token=[SECRET_REDACTED]&x=1")]
    [InlineData("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG", "aws_secret_access_key = [SECRET_REDACTED]")]
    [InlineData("Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic [SECRET_REDACTED]")]
    public void It_is_replaced(string text, string redacted)
    {
        var (actual, count) = Redactor.Redact(text);
        actual.ShouldBe(redacted);
        count.ShouldBe(1);
        Redactor.Redact(actual).ShouldBe((actual, 0));
    }

    [Theory]
    [InlineData("2026-03-02T08:15:00.000000005Z")]
    [InlineData("2026-03-02T08:15:00+0530")]
    [InlineData("1700000000000")]
    [InlineData("5551234567")]
    [InlineData("0.0028228940801047334")]
    [InlineData("330003.283 120.5ms 5min 1e-06 -12.75")]
    [InlineData("1.2.3-4+deb12u1")]
    [InlineData("1.0.0+20210101")]
    [InlineData("2:1.19.2-123-4567")]
    [InlineData("sha256:1f0c3f5a9f0e4b6f8f7d6e5c4b3a29181716151413121110f0e0d0c0b0a09080")]
    [InlineData("3f786850e387550fdab836ed7e6dc881de23001b")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("12345678-1234-1234-1234-123456789012")]
    [InlineData("CVE-2026-10001 GHSA-q2q7-5pp4-w6pg RHSA-2026:1234 PYSEC-2021-439")]
    [InlineData("192.168.100.200:8080 10.0.0.1/24 ::1")]
    [InlineData("pkg:npm/%40scope/name@1.2.3?arch=amd64")]
    [InlineData("pkg:golang/github.com/foo/bar@v1.2.3")]
    [InlineData("pkg:maven/org.hibernate/core@5.3.0.Final")]
    [InlineData("lodash@4.17.21 @babel/core@7.0.0-beta.rc left-trim@v1.2.rc")]
    [InlineData("libcrypto1.1@1.1.1c-r0")]
    [InlineData("registry.example.com/shop/api@sha256:1f0c3f5a9f0e4b6f8f7d6e5c4b3a29181716151413121110f0e0d0c0b0a09080")]
    [InlineData("git@github.com:org/repo.git")]
    [InlineData("ssh://git@github.com/org/repo.git")]
    [InlineData("https://lists.example.org/archives/list/package-announce@lists.example.org/message/AB/")]
    [InlineData("icon@2x.png getty@tty1.service java.lang.Object@1a2b3c4d")]
    [InlineData("Version=1.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089")]
    [InlineData("Unexpected token: } in JSON")]
    [InlineData("Bearer authentication is required")]
    [InlineData("password: required")]
    [InlineData("password = getPassword()")]
    [InlineData("PASSWORD=${DB_PASSWORD} TOKEN=***** secret=null")]
    [InlineData("tokenizer=fast secretName: tls passwordless=1")]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    [InlineData("p(95)<500 rate<0.01 http_req_duration{expected_response:true}")]
    [InlineData("@@ -1,3 +1,5 @@ +100 -200")]
    [InlineData("200 OK in 3 Tests, 12 Passed Today")]
    [InlineData("000-12-3456 1234-56-7890")]
    [InlineData("")]
    public void It_stays_as_it_is(string text)
    {
        var (actual, count) = Redactor.Redact(text);
        actual.ShouldBeSameAs(text);
        count.ShouldBe(0);
    }

    [Fact]
    public void Each_piece_is_counted()
    {
        var (text, count) = Redactor.Redact("a@b.example, c@d.example and 555-123-4567");
        text.ShouldBe("[EMAIL_REDACTED], [EMAIL_REDACTED] and [PHONE_REDACTED]");
        count.ShouldBe(3);
    }

    [Fact]
    public void Redacting_twice_changes_nothing_more_whatever_the_text()
    {
        // Pieces that match, nearly match or delimit, thrown together in every order a fixed seed gives.
        string[] pieces = ["a@b.co", "@", "password=", "pwd:", "\"", "'", "555-123-4567", "123-45-6789", "MRN1234", " ", ";", "://", "[", "]", "eyJ", "ghp_", "1 Main Street", "-----BEGIN PRIVATE KEY-----", "x", "9", "bearer ", "."];
        var state = 12345u;
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Empty;
            for (var i = 0; i < 12; i++)
            {
                state = (state * 1664525) + 1013904223;
                text += pieces[(int)((state >> 8) % (uint)pieces.Length)];
            }

            var (once, _) = Redactor.Redact(text);
            Redactor.Redact(once).ShouldBe((once, 0), text);
        }
    }

    [Theory]
    [InlineData("token:")]
    [InlineData("@a.b")]
    [InlineData("a@b.co,")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("://a@")]
    [InlineData("1-")]
    [InlineData("1 Aa")]
    [InlineData("pwd='")]
    [InlineData("a")]
    public void Time_grows_in_step_with_hostile_text(string piece)
    {
        // A quadratic detector would take minutes for a million characters; the bound leaves room for a busy machine.
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Redactor.Redact(text);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }
}
