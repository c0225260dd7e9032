namespace Ledger.Domain.Policies.Checking;

/// <summary>
/// Whether distinct people can be found for everything that has to be done: a largest flow from tasks through their seats to people, found
/// by augmenting paths (Ford and Fulkerson, 1956).
/// </summary>
internal sealed class DistinctPeople
{
    /// <summary>Something that <paramref name="Needed"/> of its seats must be filled for.</summary>
    /// <param name="Needed">How many.</param>
    /// <param name="Seats">Who may sit on each; null for anyone, who is then always found.</param>
    internal sealed record Task(int Needed, IReadOnlyList<IReadOnlyList<string>?> Seats);

    private readonly IReadOnlyList<Task> _tasks;
    private readonly HashSet<(int Task, int Seat)> _filled = [];
    private readonly Dictionary<string, (int Task, int Seat)> _sitting = new(StringComparer.Ordinal);
    private readonly HashSet<int> _triedTasks = [];
    private readonly HashSet<string> _triedPeople = new(StringComparer.Ordinal);

    private DistinctPeople(IReadOnlyList<Task> tasks) => _tasks = tasks;

    /// <summary>The indices of the tasks that stay short of people when as many seats as possible are filled.</summary>
    internal static IReadOnlyList<int> Unfilled(IReadOnlyList<Task> tasks)
    {
        var seating = new DistinctPeople(tasks);
        var unfilled = new List<int>();
        for (var task = 0; task < tasks.Count; task++)
        {
            for (var i = 0; i < tasks[task].Needed; i++)
            {
                seating._triedTasks.Clear();
                seating._triedPeople.Clear();
                if (seating.TryFillOneMore(task)) continue;
                unfilled.Add(task);
                break;
            }
        }

        return unfilled;
    }

    private bool TryFillOneMore(int task)
    {
        if (!_triedTasks.Add(task)) return false;
        for (var seat = 0; seat < _tasks[task].Seats.Count; seat++)
        {
            if (_filled.Contains((task, seat)) || !TrySeat((task, seat))) continue;
            _filled.Add((task, seat));
            return true;
        }

        return false;
    }

    private bool TrySeat((int Task, int Seat) seat)
    {
        if (_tasks[seat.Task].Seats[seat.Seat] is not { } candidates) return true;
        foreach (var person in candidates)
        {
            if (!_triedPeople.Add(person) || (_sitting.TryGetValue(person, out var taken) && !TryVacate(taken))) continue;
            _sitting[person] = seat;
            return true;
        }

        return false;
    }

    // Whoever sits there may be replaced by somebody else, or the task may do with another of its seats.
    private bool TryVacate((int Task, int Seat) seat)
    {
        if (TrySeat(seat)) return true;
        if (!TryFillOneMore(seat.Task)) return false;
        _filled.Remove(seat);
        return true;
    }
}
