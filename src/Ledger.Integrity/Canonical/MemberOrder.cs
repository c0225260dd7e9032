namespace Ledger.Integrity.Canonical;

/// <summary>The order of property names in RFC 8785 §3.2.3: by UTF-16 code units, though the names are held as UTF-8.</summary>
internal static class MemberOrder
{
    private const int InsertionSortMax = 16;

    public static int Compare(ReadOnlySpan<byte> names, in Member left, in Member right) =>
        CompareNames(names.Slice(left.NameStart, left.NameLength), names.Slice(right.NameStart, right.NameLength));

    /// <summary>Compares two names that are valid UTF-8.</summary>
    public static int CompareNames(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length) return left.Length - right.Length;
        return Weight(left[common]) - Weight(right[common]);
    }

    public static void Sort(GrowingBuffer names, Span<Member> members)
    {
        if (members.Length > InsertionSortMax)
        {
            members.Sort((left, right) => Compare(names.Written, left, right));
            return;
        }

        for (var i = 1; i < members.Length; i++)
        {
            var member = members[i];
            var place = i;
            for (; place > 0 && Compare(names.Written, members[place - 1], member) > 0; place--) members[place] = members[place - 1];
            members[place] = member;
        }
    }

    // UTF-8 bytes sort as code points do. UTF-16 differs in one thing: U+E000..U+FFFF (lead bytes EE, EF) come after the
    // supplementary planes (lead bytes F0..F4), whose code units are surrogates, D800..DFFF.
    private static int Weight(byte value) => value is 0xEE or 0xEF ? value + 0x10 : value;
}
