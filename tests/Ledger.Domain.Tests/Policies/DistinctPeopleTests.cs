using Ledger.Domain.Policies.Checking;

namespace Ledger.Domain.Tests.Policies;

public sealed class DistinctPeopleTests
{
    [Fact]
    public void The_answer_is_that_of_trying_every_assignment()
    {
        var random = new Random(7);
        var (possible, impossible) = (0, 0);
        for (var round = 0; round < 4_000; round++)
        {
            var tasks = Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomTask(random)).ToList();
            var expected = CanFill(tasks, 0, 0, 0, []);
            (DistinctPeople.Unfilled(tasks).Count == 0).ShouldBe(expected);
            if (expected) possible++;
            else impossible++;
        }

        possible.ShouldBeGreaterThan(500);
        impossible.ShouldBeGreaterThan(500);
    }

    private static DistinctPeople.Task RandomTask(Random random)
    {
        var seats = Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => random.Next(8) == 0 ? null : (IReadOnlyList<string>)[.. "abcd".Where(_ => random.Next(2) == 0).Select(c => c.ToString())])
            .ToList();
        return new DistinctPeople.Task(random.Next(1, seats.Count + 1), seats);
    }

    private static bool CanFill(List<DistinctPeople.Task> tasks, int task, int seat, int filled, HashSet<string> sitting)
    {
        if (task == tasks.Count) return true;
        var (needed, seats) = (tasks[task].Needed, tasks[task].Seats);
        if (filled == needed) return CanFill(tasks, task + 1, 0, 0, sitting);
        if (seat == seats.Count) return false;
        if (CanFill(tasks, task, seat + 1, filled, sitting)) return true;
        return seats[seat] is { } people
            ? people.Any(person => !sitting.Contains(person) && CanFill(tasks, task, seat + 1, filled + 1, [.. sitting, person]))
            : CanFill(tasks, task, seat + 1, filled + 1, sitting);
    }
}
