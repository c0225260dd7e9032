using Ledger.GraphQL.Language.Syntax;
using Ledger.GraphQL.Types;

namespace Ledger.GraphQL.Validation;

/// <summary>The use of a variable.</summary>
/// <param name="Node">Where.</param>
/// <param name="Type">The type expected there; null when it is unknown.</param>
/// <param name="HasDefault">Whether the argument or input field has a default.</param>
/// <param name="Parent">The input object that it is a field of; null when it is none.</param>
internal readonly record struct VariableUsage(VariableNode Node, GraphQLType? Type, bool HasDefault, InputObjectType? Parent);
