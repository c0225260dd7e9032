using System.Globalization;
using System.Text;

using Ledger.Integrity.Canonical;

namespace Ledger.Integrity.Tests.Canonical;

public class CanonicalNumberTests
{
    [Fact]
    public void A_decimal_is_written_as_the_same_number_with_an_exponent_is()
    {
        var random = new Random(8785);
        for (var i = 0; i < 100_000; i++)
        {
            var digits = random.NextInt64(1, (long)Math.Pow(10, random.Next(1, 18))).ToString(CultureInfo.InvariantCulture);
            var zeroes = new string('0', random.Next(8));
            var text = random.Next(3) switch
            {
                0 => $"0.{zeroes}{digits}",
                1 => $"-{digits}.{zeroes}{random.Next(10_000)}",
                _ => $"{digits[..^(digits.Length / 2)]}.{digits}",
            };
            Canonical(text).ShouldBe(Canonical($"{text}e0"), text);
        }
    }

    [Theory] // RFC 8785, Appendix B: the double's bits and its text.
    [InlineData(0x0000000000000000UL, "0")]
    [InlineData(0x8000000000000000UL, "0")]
    [InlineData(0x0000000000000001UL, "5e-324")]
    [InlineData(0x8000000000000001UL, "-5e-324")]
    [InlineData(0x7fefffffffffffffUL, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffffUL, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000UL, "9007199254740992")]
    [InlineData(0xc340000000000000UL, "-9007199254740992")]
    [InlineData(0x4430000000000000UL, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5UL, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6UL, "1e+23")]
    [InlineData(0x44b52d02c7e14af7UL, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4eUL, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4fUL, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50UL, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8cUL, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8dUL, "0.000001")]
    [InlineData(0x41b3de4355555553UL, "333333333.3333332")]
    [InlineData(0x41b3de4355555554UL, "333333333.33333325")]
    [InlineData(0x41b3de4355555555UL, "333333333.3333333")]
    [InlineData(0x41b3de4355555556UL, "333333333.3333334")]
    [InlineData(0x41b3de4355555557UL, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696UL, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959UL, "1424953923781206.2")]
    public void Doubles_are_written_as_the_RFC_lists_them(ulong bits, string expected)
    {
        var exact = BitConverter.UInt64BitsToDouble(bits).ToString("E17", CultureInfo.InvariantCulture);
        Canonical(exact).ShouldBe(expected);
        Canonical(expected).ShouldBe(expected);
    }

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("0e5", "0")]
    [InlineData("1.0", "1")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("1E30", "1e+30")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("12345e-9", "0.000012345")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("-1.5E-10", "-1.5e-10")]
    [InlineData("1e-400", "0")]
    [InlineData("999999999999999", "999999999999999")]
    [InlineData("-999999999999999", "-999999999999999")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("100000000000000000000", "100000000000000000000")]
    public void Any_way_of_writing_a_number_gives_the_one_text(string text, string expected) => Canonical(text).ShouldBe(expected);

    [Theory]
    [InlineData(1e21)]
    [InlineData(-1e30)]
    [InlineData(1.5e300)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(-2.5e-10)]
    public void A_number_written_out_in_full_as_jsonb_does_is_still_the_same_number(double value)
    {
        var canonical = Canonical(value.ToString("R", CultureInfo.InvariantCulture));
        Canonical(WrittenOut(canonical)).ShouldBe(canonical);
    }

    [Fact]
    public void An_integer_past_ten_to_the_21_must_be_the_digits_of_its_double_and_zeroes()
    {
        Canonical("1000000000000000000000").ShouldBe("1e+21");
        Should.Throw<FormatException>(() => Canonical("1000000000000000000001"));
        Should.Throw<FormatException>(() => Canonical("1" + new string('0', 29) + "1"));
    }

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("-9007199254740993")]
    [InlineData("12345678901234567890")]
    [InlineData("18446744073709551615")]
    [InlineData("295147905179352825856")] // A double, but its canonical text is another integer.
    public void An_integer_that_a_double_would_change_is_refused(string text)
    {
        var error = Should.Throw<FormatException>(() => Canonical($$"""{"build":[1,{{text}}]}""")).Message;
        error.ShouldContain("$.build[1]");
        error.ShouldContain("write it as a string");
    }

    [Theory]
    [InlineData("1e309")]
    [InlineData("-1e309")]
    [InlineData("1e99999999999")]
    public void A_number_beyond_a_double_is_refused(string text) =>
        Should.Throw<FormatException>(() => Canonical(text)).Message.ShouldContain("beyond a double");

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("0x10")]
    public void What_is_no_JSON_number_is_refused(string text) => Should.Throw<FormatException>(() => Canonical(text));

    private static string WrittenOut(string number)
    {
        var sign = number[0] == '-' ? "-" : "";
        var parts = number[sign.Length..].Split('e');
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var point = int.Parse(parts[1], CultureInfo.InvariantCulture) + 1;
        return point > 0 ? sign + digits.PadRight(point, '0') : $"{sign}0.{new string('0', -point)}{digits}";
    }

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)));
}
