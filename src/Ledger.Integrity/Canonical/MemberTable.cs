namespace Ledger.Integrity.Canonical;

/// <summary>Where one member of an object was written (with the comma after it) and where its unescaped name is kept.</summary>
internal struct Member
{
    public int Start;
    public int Length;
    public int NameStart;
    public int NameLength;
}

/// <summary>The members of all objects that are open, innermost last.</summary>
internal sealed class MemberTable
{
    private Member[] _members = new Member[64];

    public int Count { get; private set; }

    public int Capacity => _members.Length;

    public ref readonly Member this[Index index] => ref _members[index.GetOffset(Count)];

    public void Clear() => Count = 0;

    public void Add(in Member member)
    {
        if (Count == _members.Length) Array.Resize(ref _members, Count * 2);
        _members[Count++] = member;
    }

    public Span<Member> From(int first) => _members.AsSpan(first, Count - first);

    public void Truncate(int count) => Count = count;
}
