using System.Text;

using Ledger.Integrity.Notes;
using Ledger.Integrity.Tests.Keys;

namespace Ledger.Integrity.Tests.Notes;

public class NoteTests
{
    private const string Text = "first\n\nthird — ünïcode\n";

    private static readonly string Line = $"— witness.example/w {Convert.ToBase64String([0, 0, 0, 1, 42])}\n";

    [Fact]
    public void A_note_is_its_text_a_blank_line_and_the_signature_lines()
    {
        using var key = TestKeys.Ed25519;
        using var other = TestKeys.OtherEd25519;
        var note = new NoteSigner("ledger.example/log", key).SignNote(Text).With(new NoteSigner("witness.example/w", other).Sign(Text));
        Golden.ShouldMatch(note.ToString(), "Note.txt");
        Note.TryParse(note.ToBytes(), out var parsed, out _).ShouldBeTrue();
        parsed.Text.ShouldBe(Text);
        parsed.ToBytes().ShouldBe(note.ToBytes());
        parsed.Signatures.Select(signature => signature.Name).ShouldBe(["ledger.example/log", "witness.example/w"]);
    }

    [Fact]
    public void At_least_16_signatures_are_read_and_no_more_than_the_limit()
    {
        Parse("text\n\n" + Repeat(16)).ShouldBeTrue();
        Parse("text\n\n" + Repeat(Note.MaxSignatures)).ShouldBeTrue();
        Parse("text\n\n" + Repeat(Note.MaxSignatures + 1)).ShouldBeFalse();

        static string Repeat(int count) => string.Concat(Enumerable.Repeat(Line, count));
    }

    [Fact]
    public void What_is_not_exactly_a_note_is_refused()
    {
        Parse($"text\n\n{Line}").ShouldBeTrue();
        Parse($"\n\n{Line}").ShouldBeTrue(); // The shortest text: one newline.
        string[] bad =
        [
            "", "\n", "\n\n", "text", "text\n", "text\n\n", Line, $"\n{Line}", $"text\n{Line}", $"text\n\n{Line[..^1]}", $"text\n\n{Line}\n", $"text\n\n{Line}trailing\n",
            $"text\n\n{Line}trailing", $"te\rxt\n\n{Line}", $"te\0xt\n\n{Line}", $"te\txt\n\n{Line}", $"text\n\n{Line.Replace("\n", "\r\n", StringComparison.Ordinal)}",
            $"text\n\n{Line.Replace("—", "-", StringComparison.Ordinal)}", $"text\n\n{Line.Replace("— ", "—", StringComparison.Ordinal)}", $"text\n\n {Line}",
            $"text\n\n{Line.Replace("/w ", "/w  ", StringComparison.Ordinal)}", $"text\n\n{Line.Replace("/w", "+w", StringComparison.Ordinal)}",
            "text\n\n— witness\n", "text\n\n— witness \n", "text\n\n—  AAAAASo=\n", "text\n\n— w AAAAAQ==\n", "text\n\n— w AAAAASo\n", "text\n\n— w AAAAASp=\n", "text\n\n— w AAAAASo= \n", "text\n\n— w AAAA ASo=\n",
        ];
        foreach (var text in bad) Parse(text).ShouldBeFalse(text);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        Note.TryParse([(byte)'t', 0xFF, .. Encoding.UTF8.GetBytes($"\n\n{Line}")], out _, out var error).ShouldBeFalse();
        error.ShouldContain("UTF-8");
    }

    [Fact]
    public void A_note_over_the_limit_is_refused()
    {
        Parse(new string('x', Note.MaxBytes - Encoding.UTF8.GetByteCount(Line) - 2) + "\n\n" + Line).ShouldBeTrue();
        Parse(new string('x', Note.MaxBytes - Encoding.UTF8.GetByteCount(Line) - 1) + "\n\n" + Line).ShouldBeFalse();
    }

    [Fact]
    public void A_note_that_could_not_be_read_cannot_be_made()
    {
        using var key = TestKeys.Ed25519;
        var signer = new NoteSigner("log", key);
        Should.Throw<ArgumentException>(() => signer.SignNote("no newline"));
        Should.Throw<ArgumentException>(() => signer.SignNote("control\u0001\n"));
        Should.Throw<ArgumentException>(() => new Note(Text, []));
        Should.Throw<ArgumentException>(() => new Note(Text, [.. Enumerable.Repeat(signer.Sign(Text), Note.MaxSignatures + 1)]));
    }

    private static bool Parse(string text)
    {
        var accepted = Note.TryParse(Encoding.UTF8.GetBytes(text), out var note, out var error);
        if (accepted) note!.ToString().ShouldBe(text);
        else error.ShouldNotBeNullOrEmpty();
        return accepted;
    }
}
