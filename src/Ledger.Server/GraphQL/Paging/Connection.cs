using Ledger.GraphQL.Types;

namespace Ledger.Server.GraphQL.Paging;

/// <summary>A part of a list (GraphQL Cursor Connections).</summary>
/// <param name="Edges">Its entries, in the order of the list.</param>
/// <param name="Page">What is before and after it.</param>
/// <param name="Count">Counts the whole list; asked only where a client asks.</param>
internal sealed record Connection<T>(IReadOnlyList<Edge<T>> Edges, PageInfo Page, Func<CancellationToken, ValueTask<long>> Count)
{
    /// <summary>Puts a part together.</summary>
    /// <param name="read">What was read, in the direction of reading.</param>
    /// <param name="page">What was asked for.</param>
    /// <param name="more">Where the reading can be taken up again: a cursor; null at the end.</param>
    /// <param name="cursor">The cursor of an entry.</param>
    /// <param name="count">As of <see cref="Count"/>.</param>
    public static Connection<T> Of(IEnumerable<T> read, PageArguments page, string? more, Func<T, string> cursor, Func<CancellationToken, ValueTask<long>> count)
    {
        var edges = read.Select(node => new Edge<T>(node, cursor(node))).ToList();
        if (page.Backwards) edges.Reverse();
        var (first, last) = (edges.Count == 0 ? null : edges[0].Cursor, edges.Count == 0 ? null : edges[^1].Cursor);
        var info = page.Backwards
            ? new PageInfo(page.Before is not null, more is not null, more ?? first, last)
            : new PageInfo(more is not null, page.After is not null, first, more ?? last);
        return new Connection<T>(edges, info, count);
    }

    /// <summary>A part of a list that is in memory whole, because it is short.</summary>
    /// <param name="all">The list.</param>
    /// <param name="page">What is asked for.</param>
    /// <param name="question">As of <see cref="Cursor"/>.</param>
    /// <param name="key">The key of an entry; unique.</param>
    public static Connection<T> Slice(IReadOnlyList<T> all, PageArguments page, string question, Func<T, string> key)
    {
        var ordered = (page.Backwards ? all.Reverse() : all).ToList();
        if (page.Start is { } start) ordered = ordered[(Place(start) + 1)..];
        if (page.End is { } end && Find(end) is var at and >= 0) ordered = ordered[..at];
        var part = ordered.Take(page.Count).ToList();
        var more = ordered.Count > part.Count && part.Count > 0 ? CursorOf(part[^1]) : null;
        return Of(part, page, more, CursorOf, _ => new ValueTask<long>(all.Count));

        string CursorOf(T entry) => Cursor.Write(question, key(entry));

        int Find(string cursor)
        {
            var wanted = Cursor.Read(question, cursor, 1)[0];
            return ordered.FindIndex(entry => key(entry) == wanted);
        }

        int Place(string cursor) => Find(cursor) is var place and >= 0
            ? place
            : throw new FieldException("What the cursor stands for is not in the list any more.", Requests.Codes.BadCursor);
    }
}

/// <summary>An entry of a list.</summary>
internal sealed record Edge<T>(T Node, string Cursor);

/// <summary>What is before and after a part of a list.</summary>
internal sealed record PageInfo(bool HasNext, bool HasPrevious, string? Start, string? End);
