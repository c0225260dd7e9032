using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Validation.Merging;

namespace Ledger.GraphQL.Validation.Rules;

/// <summary>
/// Field selection merging (§5.3.2): fields of one response name have one shape, and are the same where they may apply to the same object.
/// Whether they do is found out in linear time; only where they do not are pairs compared, to say which.
/// </summary>
internal sealed class OverlappingFieldsCanBeMerged(ValidationContext context) : RuleVisitor(context)
{
    private MergeConflict? _conflict;
    private ConflictSearch? _search;
    private bool _isReported;

    public override void EnterDocument(DocumentNode document)
    {
        _conflict = new MergeCheck(Context).Find();
        if (_conflict is not null) _search = new ConflictSearch(Context);
    }

    public override void VisitSelectionSet(SelectionSetNode set)
    {
        if (_search is null || _search.IsExhausted) return;
        foreach (var conflict in _search.FindWithin(set, Context.ParentType)) Report(conflict);
    }

    // What the search did not come to say is said at least once.
    public override void LeaveDocument(DocumentNode document)
    {
        if (_conflict is not null && !_isReported) Report(_conflict);
    }

    private void Report(MergeConflict conflict)
    {
        _isReported = true;
        Context.Report(conflict.Message, [.. conflict.Nodes1, .. conflict.Nodes2]);
    }
}
