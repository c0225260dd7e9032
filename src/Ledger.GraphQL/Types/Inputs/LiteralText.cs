using Ledger.GraphQL.Language.Syntax;

namespace Ledger.GraphQL.Types;

/// <summary>Literals as messages show them: as they are printed, but a large one by its brackets alone.</summary>
internal static class LiteralText
{
    // Laying out a deep and wide value indents every line once more at every level.
    private const int NodesMax = 500;

    public static string Show(ValueNode literal)
    {
        var left = NodesMax;
        if (Fits(literal, ref left)) return literal.ToString();
        return literal is ListValueNode ? "[…]" : "{…}";
    }

    private static bool Fits(ValueNode value, ref int left)
    {
        if (--left < 0) return false;
        switch (value)
        {
            case ListValueNode list:
                foreach (var item in list.Values)
                {
                    if (!Fits(item, ref left)) return false;
                }

                return true;
            case ObjectValueNode given:
                foreach (var field in given.Fields)
                {
                    if (!Fits(field.Value, ref left)) return false;
                }

                return true;
            default:
                return true;
        }
    }
}
